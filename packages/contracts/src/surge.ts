import type { RefusalGroup, Unseen } from './pod-why'

/** `unknown` is never `fits`: what could not be read or is not modelled is said in `words`. */
export type SurgeVerdict = 'fits' | 'refused' | 'unknown'

/** One resource beside its limit, as people write amounts: `1500m`, `2Gi`, `3`. */
export interface SurgeAmount {
  readonly resource: string
  readonly now: string
  /** The most at any moment of the update. */
  readonly peak: string
  /** Allocatable of all nodes, or the quota's hard limit. */
  readonly limit: string
  readonly over: boolean
}

/** Where the pods of one workload would go, were they placed one by one as the cluster is now. */
export interface SurgePlacement {
  readonly verdict: SurgeVerdict
  readonly words: string
  readonly wanted: number
  readonly placed: number
  /** Cut at twenty. */
  readonly nodes: readonly { readonly node: string; readonly pods: number }[]
  /** Why the first pod that fits nowhere is refused: five groups of five nodes at most. */
  readonly groups: readonly RefusalGroup[]
}

export interface SurgeWorkload {
  readonly kind: string
  readonly name: string
  /** Pods now, at most at any moment of the update, and after it. */
  readonly now: number
  readonly peak: number
  readonly after: number
  /** How that comes about: what maxSurge and maxUnavailable round to. */
  readonly words: string
  /** What one new pod requests, sidecars, init containers, overhead and the defaults of LimitRanges included. */
  readonly requests: readonly { readonly resource: string; readonly amount: string }[]
  /** null where no pod has to be placed. */
  readonly placement: SurgePlacement | null
}

export interface SurgeQuota {
  readonly name: string
  /** Who wrote its limits. */
  readonly owner: string
  readonly verdict: SurgeVerdict
  readonly words: string
  readonly amounts: readonly SurgeAmount[]
}

/** Of a range, each new pod is refused by itself, whatever room there is. */
export type SurgeLimitRange = Omit<SurgeQuota, 'amounts'>

/** What the update of one target needs at its peak, beside what runs there and beside what there is. */
export interface SurgePlan {
  readonly verdict: SurgeVerdict
  readonly words: string
  readonly workloads: readonly SurgeWorkload[]
  readonly quotas: readonly SurgeQuota[]
  /** Absent in plans that were stored before they were judged. */
  readonly limitRanges?: readonly SurgeLimitRange[]
  /** Over all nodes; empty when they may not be read. */
  readonly capacity: readonly SurgeAmount[]
  readonly unseen: readonly Unseen[]
  /** What the simulation does not know. */
  readonly notes: readonly string[]
}
