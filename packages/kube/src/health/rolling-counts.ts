const intOrPercent = /^(\d{1,9})%$/

function resolve(value: unknown, total: number, round: (value: number) => number): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) return Math.max(0, Math.trunc(value))
  const percent = typeof value === 'string' ? intOrPercent.exec(value)?.[1] : undefined
  return percent === undefined ? null : round((total * Number(percent)) / 100)
}

/**
 * Pods that may exist above, and be missing below, `total` during a roll. Surge rounds up, unavailable rounds down, and
 * both 0 means unavailable 1. Upstream: kubernetes pkg/controller/deployment/util ResolveFenceposts.
 */
export function rollingCounts(
  strategy: { readonly maxSurge?: unknown; readonly maxUnavailable?: unknown },
  total: number,
  defaults: { readonly maxSurge: string | number; readonly maxUnavailable: string | number },
): { readonly surge: number; readonly unavailable: number } {
  const surge = resolve(strategy.maxSurge ?? defaults.maxSurge, total, Math.ceil) ?? 0
  const unavailable = resolve(strategy.maxUnavailable ?? defaults.maxUnavailable, total, Math.floor) ?? 0
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable }
}
