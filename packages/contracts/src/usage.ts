/** What a metrics API says is kept this long, as a day's counts by size and never as samples. */
export const usageKeptDays = 7

/**
 * Whether a cluster says what its pods use. `absent`: it serves no metrics.k8s.io, which is not the same as no use;
 * `unavailable`: it should, and what serves it does not answer.
 */
export type UsageState = 'read' | 'absent' | 'unavailable' | 'denied' | 'failed'

export interface UsageSource {
  readonly state: UsageState
  readonly words: string
  /** When the cluster was asked. */
  readonly at: string
}

/** The mean of one window, which ended at `at`. Millicores and bytes. */
export interface UsageSample {
  readonly at: string
  readonly windowSeconds: number
  readonly cpuMillis: number
  readonly memoryBytes: number
}

/** `near_limit`: what it uses comes close to its limit. `not_enough`: too little has been seen to say. */
export type RequestVerdict = 'fits' | 'over' | 'under' | 'near_limit' | 'no_request' | 'not_enough'

export interface RequestJudgement {
  readonly resource: 'cpu' | 'memory'
  readonly verdict: RequestVerdict
  readonly request: number | null
  readonly limit: number | null
  /** The 95th percentile and the largest of all samples; null while there is none. */
  readonly p95: number | null
  readonly peak: number | null
  /** What it would better request; null where it may stay as it is. */
  readonly proposed: number | null
  readonly words: string
  /** `p95 of 2,880 samples since 2026-11-26 10:00 UTC`. */
  readonly evidence: string
}

export interface ContainerUsage {
  readonly container: string
  readonly resources: readonly RequestJudgement[]
}

export interface PodUsage {
  readonly pod: string
  /** null: no sample of this pod, which is not a use of 0. */
  readonly sample: UsageSample | null
}

export interface WorkloadUsageView {
  readonly cluster: { readonly id: string; readonly name: string }
  /** null: the cluster has not been asked yet. */
  readonly source: UsageSource | null
  readonly containers: readonly ContainerUsage[]
  readonly pods: readonly PodUsage[]
  /** What to mind before requests are changed: an autoscaler that counts in them. */
  readonly notes: readonly string[]
}
