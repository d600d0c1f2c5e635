import { bucketOf, plus, type Histogram } from './histogram'

/** What one container of a workload used, over all its pods. Millicores; bytes, but MiB in the histogram. */
export interface UsageDigest {
  readonly samples: number
  readonly firstAt: string
  readonly lastAt: string
  readonly cpuMaxMillis: number
  readonly memoryMaxBytes: number
  readonly cpu: Histogram
  readonly memory: Histogram
}

export const histogramUnit = { cpu: 1, memory: 2 ** 20 } as const

export const digestOf = (sample: {
  readonly at: string
  readonly cpuMillis: number
  readonly memoryBytes: number
}): UsageDigest => ({
  samples: 1,
  firstAt: sample.at,
  lastAt: sample.at,
  cpuMaxMillis: sample.cpuMillis,
  memoryMaxBytes: sample.memoryBytes,
  cpu: { [bucketOf(sample.cpuMillis / histogramUnit.cpu)]: 1 },
  memory: { [bucketOf(sample.memoryBytes / histogramUnit.memory)]: 1 },
})

/** Times as ISO 8601 in UTC, which sort as text. */
export const joinDigests = (left: UsageDigest, right: UsageDigest): UsageDigest => ({
  samples: left.samples + right.samples,
  firstAt: left.firstAt < right.firstAt ? left.firstAt : right.firstAt,
  lastAt: left.lastAt > right.lastAt ? left.lastAt : right.lastAt,
  cpuMaxMillis: Math.max(left.cpuMaxMillis, right.cpuMaxMillis),
  memoryMaxBytes: Math.max(left.memoryMaxBytes, right.memoryMaxBytes),
  cpu: plus(left.cpu, right.cpu),
  memory: plus(left.memory, right.memory),
})
