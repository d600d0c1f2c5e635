const sorted = (samples: readonly number[]): number[] => [...samples].sort((a, b) => a - b)

export function median(samples: readonly number[]): number {
  const values = sorted(samples)
  const middle = Math.floor(values.length / 2)
  const upper = values[middle] ?? Number.NaN
  return values.length % 2 === 1 ? upper : ((values[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Nearest rank: a value that was really measured. `share` from 0 to 1. */
export function percentile(samples: readonly number[], share: number): number {
  const values = sorted(samples)
  return values[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN
}
