export type SurgeInput = {
  desired: number
  /** As Kubernetes takes it: a count or a percentage of desired. */
  maxSurge: number | string
  maxUnavailable: number | string
}

export type SurgeScale = {
  /** Most pods that may exist at once. */
  ceiling: number
  /** Fewest pods that must be ready. */
  floor: number
  /** Pods that the drawing is wide; never less than what exists. */
  width: number
}

/**
 * Limits of a rolling update in pods. A percentage of maxSurge rounds up and of maxUnavailable down;
 * when both come out as zero one pod may be unavailable, else nothing could move.
 * Source: kubernetes pkg/controller/deployment/util ResolveFenceposts.
 */
export function surgeScale({ desired, maxSurge, maxUnavailable }: SurgeInput, existing: number): SurgeScale {
  const surge = pods(maxSurge, desired, Math.ceil)
  const away = Math.min(pods(maxUnavailable, desired, Math.floor), desired)
  const unavailable = surge === 0 && away === 0 ? Math.min(1, desired) : away
  const ceiling = desired + surge
  return { ceiling, floor: desired - unavailable, width: Math.max(ceiling, existing, 1) }
}

function pods(limit: number | string, desired: number, round: (value: number) => number): number {
  if (typeof limit === 'number') return Math.max(0, Math.floor(limit))
  const number = Number.parseFloat(limit)
  if (!Number.isFinite(number)) return 0
  return Math.max(0, limit.trim().endsWith('%') ? round((number * desired) / 100) : Math.floor(number))
}
