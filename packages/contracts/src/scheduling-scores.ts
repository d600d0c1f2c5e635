/** kube-scheduler's default score plugins with their default weights, and what each prefers. */
export const schedulerScores = {
  TaintToleration: { weight: 3, prefers: 'few PreferNoSchedule taints that the pod does not tolerate' },
  NodeAffinity: { weight: 2, prefers: 'nodes that its preferred node affinity names' },
  NodeResourcesFit: { weight: 1, prefers: 'nodes of which little is requested (LeastAllocated)' },
  PodTopologySpread: { weight: 2, prefers: 'domains with few pods like it' },
  InterPodAffinity: { weight: 2, prefers: 'nodes beside the pods it likes, and away from those it avoids' },
  NodeResourcesBalancedAllocation: { weight: 1, prefers: 'nodes whose CPU and memory are taken alike' },
  ImageLocality: { weight: 1, prefers: 'nodes that have its images' },
} as const
export type SchedulerScore = keyof typeof schedulerScores
export const schedulerScoreNames = Object.keys(schedulerScores) as readonly SchedulerScore[]

/** `scores` are from 0 to 100; a plugin that has nothing to do with the pod gives none. */
export interface NodeScore {
  readonly node: string
  /** Each score times the weight of its plugin, summed. */
  readonly total: number
  readonly scores: Readonly<Partial<Record<SchedulerScore, number>>>
}

/** Nodes that fit, as the scheduler would rank them now. */
export interface Ranking {
  /** Highest first, at most fifty. */
  readonly nodes: readonly NodeScore[]
  /** Those with the highest total: of several the scheduler takes one by chance. */
  readonly best: readonly string[]
  readonly words: string
}

/** Where the scheduler lets plugins decide, in its order. */
export const extensionPoints = {
  filter: 'which nodes can take the pod',
  score: 'which of them takes it best',
  reserve: 'what it needs there is kept for it',
  bind: 'the node is written into the pod',
} as const
export type ExtensionPoint = keyof typeof extensionPoints

export interface PointReached {
  readonly point: ExtensionPoint
  /** `stopped`: it ended here. `unknown`: another scheduler decides, or it could not be seen. */
  readonly state: 'passed' | 'stopped' | 'not_reached' | 'unknown'
  readonly words: string
}

/** What Kubernetes has already, before anybody writes a plugin or runs a scheduler of their own. */
export const schedulingBuiltIns = {
  affinity: {
    wish: 'Pods near others, away from others, or on certain nodes',
    how: 'nodeAffinity, podAffinity and podAntiAffinity, required (filter) or preferred with a weight (score)',
  },
  spread: {
    wish: 'Pods even over zones, racks or nodes',
    how: 'topologySpreadConstraints: DoNotSchedule (filter) or ScheduleAnyway (score)',
  },
  quota: {
    wish: 'Teams that share a cluster without taking it all',
    how: 'ResourceQuota and LimitRange, which refuse a pod before the scheduler sees it',
  },
  priority: {
    wish: 'Important pods first, at the cost of others',
    how: 'PriorityClass: the queue is sorted by it, and lower pods are evicted to make room',
  },
} as const
export type SchedulingBuiltIn = keyof typeof schedulingBuiltIns

/** Why a pod is where it is, judged by the cluster as it is now. */
export interface Placement {
  readonly node: string
  readonly words: string
  /** null where the nodes may not be read, or another scheduler chose. */
  readonly ranking: Ranking | null
  readonly points: readonly PointReached[]
}
