/** Samples by size: each bucket ends 5 % above the one before it, so a percentile is at most 5 % too high. */
export type Histogram = Readonly<Record<string, number>>

const ratio = 1.05
/** No value is larger than the end of this bucket: 1.05^800 is 9 × 10^16. */
const lastBucket = 800

export function bucketOf(value: number): number {
  if (!(value > 1)) return 0
  // A value that is exactly the end of a bucket belongs to it, whatever the logarithm's last digit says.
  return Math.min(lastBucket, Math.ceil(Math.log(value) / Math.log(ratio) - 1e-9))
}

const endOf = (bucket: number): number => ratio ** bucket

export const plus = (left: Histogram, right: Histogram): Histogram => {
  const sum: Record<string, number> = { ...left }
  for (const [bucket, count] of Object.entries(right)) sum[bucket] = (sum[bucket] ?? 0) + count
  return sum
}

/** The end of the bucket below which `share` of all samples lie; null when there is none. */
export function percentile(histogram: Histogram, share: number): number | null {
  const buckets = Object.entries(histogram)
    .map(([bucket, count]) => [Number(bucket), count] as const)
    .sort(([left], [right]) => left - right)
  const wanted = share * buckets.reduce((sum, [, count]) => sum + count, 0)
  if (wanted === 0) return null
  let seen = 0
  for (const [bucket, count] of buckets) {
    seen += count
    if (seen >= wanted) return endOf(bucket)
  }
  return null
}
