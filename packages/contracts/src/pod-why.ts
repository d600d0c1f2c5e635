import { z } from 'zod'
import { clusterRefSchema, type ClusterIdentity } from './cluster'
import type { Placement, PointReached, Ranking, SchedulingBuiltIn } from './scheduling-scores'

export const podRefSchema = clusterRefSchema.extend({
  namespace: z.string().min(1).max(63),
  pod: z.string().min(1).max(253),
})
export const podWhySchema = podRefSchema.extend({
  /** Also why it is where it is, which reads all nodes and pods. */
  placement: z.boolean().default(false),
})

/** kube-scheduler's filters in its own order, each with what it asks of a node. */
export const schedulerFilters = {
  NodeUnschedulable: 'the node is not cordoned',
  NodeName: 'the pod names no other node',
  TaintToleration: 'the pod tolerates the taints of the node',
  NodeAffinity: 'the labels of the node match the selector and the affinity of the pod',
  NodePorts: 'the host ports of the pod are free',
  NodeResourcesFit: 'what the pod requests is free',
  VolumeRestrictions: 'no other pod holds the volume alone',
  NodeVolumeLimits: 'the node can attach one more volume',
  VolumeBinding: 'the volumes of the pod exist or can be made where the node is',
  VolumeZone: 'the volumes of the pod are in the zone of the node',
  PodTopologySpread: 'the skew between domains stays within bounds',
  InterPodAffinity: 'the pods beside which it would run suit it, and it them',
} as const
export type SchedulerFilter = keyof typeof schedulerFilters

/** One reason of one node; `node` null: of the pod itself, before any node was looked at. */
export interface Refusal {
  readonly code: SchedulerFilter
  readonly node: string | null
  /** kube-scheduler's own text, which it counts in its event. */
  readonly message: string
  /** The same with the figures that led to it. */
  readonly words: string
  readonly details: Readonly<Record<string, string | number>>
  /** Whether evicting pods of a lower priority could ever help. */
  readonly preemptible: boolean
}

/** Nodes that were refused by the same filter with the same texts. `nodes` is cut at 100. */
export interface RefusalGroup {
  readonly filter: SchedulerFilter
  readonly messages: readonly string[]
  readonly count: number
  readonly nodes: readonly { readonly node: string; readonly reasons: readonly Refusal[] }[]
}

export interface WhatIf {
  readonly change: string
  /** How many nodes take the pod then. */
  readonly fits: number
  /** Up to five of them. */
  readonly nodes: readonly string[]
}

/** One text that the scheduler and Fairlead count differently; null = not said at all. */
export interface Difference {
  readonly text: string
  readonly scheduler: number | null
  readonly fairlead: number | null
}

export interface Comparison {
  readonly verdict: 'agree' | 'differ' | 'nothing_to_compare'
  readonly differences: readonly Difference[]
  /** What the scheduler said, where, and when it last said it. */
  readonly scheduler: {
    readonly message: string
    readonly from: 'event' | 'condition'
    readonly at: string | null
  } | null
}

/** What the credential may not read, and what that leaves unknown. */
export interface Unseen {
  readonly what: string
  readonly why: string
}

export interface SchedulingExplanation {
  /** `placed`: it has a node. `not_modelled`: another scheduler, or claims that only it can judge. */
  readonly state: 'placed' | 'gated' | 'not_modelled' | 'refused' | 'fits' | 'not_seen'
  readonly words: string
  /** In kube-scheduler's form: `0/N nodes are available: …`. Empty where nothing was judged. */
  readonly message: string
  readonly nodeCount: number
  readonly fitting: readonly string[]
  /** Refusals of the pod as a whole. */
  readonly blockers: readonly Refusal[]
  readonly groups: readonly RefusalGroup[]
  readonly comparison: Comparison
  readonly whatIfs: readonly WhatIf[]
  /** What evicting pods of a lower priority would do; null where the pod may not, or need not. */
  readonly preemption: string | null
  /** How the nodes that fit would be ranked; null where none does, or nothing was judged. */
  readonly ranking: Ranking | null
  readonly points: readonly PointReached[]
  /** Where another scheduler is named: what Kubernetes has that may do instead. */
  readonly builtIns: readonly SchedulingBuiltIn[]
}

/** Why a container or a pod as a whole does not run. */
export const crashCodes = {
  oom_killed: 'out of memory',
  killed_by_liveness: 'killed by its liveness probe',
  killed_by_startup: 'killed by its startup probe',
  killed: 'killed',
  segfault: 'invalid memory access',
  aborted: 'aborted',
  terminated: 'asked to end',
  not_executable: 'command not executable',
  not_found: 'command not found',
  exit: 'ended with an error',
  completed: 'ended',
  signal: 'ended by a signal',
  start_failed: 'could not be started',
  back_off: 'waits before the next start',
  image_pull: 'image cannot be pulled',
  config: 'its configuration is missing',
  not_ready: 'not ready',
  not_started: 'startup probe has not passed',
  end_unknown: 'its end was not seen',
  evicted: 'evicted',
  rejected: 'not taken in by its node',
  deadline: 'ran past its deadline',
  node_lost: 'its node is silent',
  initialising: 'waits for an init container',
  volume: 'its volumes are not mounted',
  sandbox: 'its network could not be set up',
} as const
export type CrashCode = keyof typeof crashCodes

export interface CrashFinding {
  readonly code: CrashCode
  readonly container: string | null
  readonly words: string
  /** What usually helps; null where nothing general can be said. */
  readonly remedy: string | null
  readonly details: Readonly<Record<string, string | number>>
}

/** Why this pod does not run, as the API server shows it at `at`. */
export interface PodWhy {
  readonly cluster: ClusterIdentity
  readonly namespace: string
  readonly pod: string
  readonly uid: string
  readonly at: string
  readonly phase: string
  /** The answer in one sentence. */
  readonly words: string
  readonly scheduling: SchedulingExplanation | null
  /** Why it is on its node; null where it has none, or where nobody asked. */
  readonly placement: Placement | null
  readonly findings: readonly CrashFinding[]
  readonly unseen: readonly Unseen[]
}

export interface QuotaShortage {
  readonly resource: string
  readonly requested: string
  readonly used: string
  readonly limited: string
}

/** Why a workload's pods are not made at all. `said`: the API server's own words. */
export interface CreationRefusal {
  readonly code:
    | 'quota'
    | 'limit_range'
    | 'webhook'
    | 'webhook_down'
    | 'pod_security'
    | 'policy'
    | 'service_account'
    | 'priority_class'
    | 'refused'
  readonly words: string
  readonly remedy: string | null
  readonly quotas: readonly QuotaShortage[]
  readonly said: string
}
