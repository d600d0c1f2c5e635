export interface Backoff {
  /** Milliseconds to wait before the next attempt: 0.8 s doubling to 30 s with full jitter, or longer if asked to. */
  next(retryAfterMs: number | null): number
  reset(): void
}

export const backoffBounds = { firstMs: 800, lastMs: 30_000 } as const

export function createBackoff(random: () => number = Math.random): Backoff {
  let attempt = 0
  return {
    next(retryAfterMs) {
      const cap = Math.min(backoffBounds.lastMs, backoffBounds.firstMs * 2 ** attempt)
      attempt = Math.min(attempt + 1, 16)
      // Retry-After is a floor; the jitter stays on top, so that many watchers do not return in the same instant.
      return Math.round((retryAfterMs ?? 0) + random() * cap)
    },
    reset() {
      attempt = 0
    },
  }
}
