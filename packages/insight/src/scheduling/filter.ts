import type { Refusal, SchedulerFilter } from '@fairlead/contracts/pod-why'
import type { ClusterFacts, NodeState } from './cluster-facts'
import type { PodFacts } from './pod-facts'

/** A filter made ready for one pod: the scheduler's PreFilter. */
export interface Prepared {
  /** The pod is refused as a whole; no node is looked at. */
  readonly blocked?: Refusal
  /** Only these nodes are looked at. */
  readonly only?: ReadonlySet<string>
  /** Every reason that this filter has against one node; none = it passes. */
  refuse?(state: NodeState): readonly Refusal[]
}

export interface Filter {
  readonly name: SchedulerFilter
  /** null: this filter has nothing to do with the pod. */
  prepare(pod: PodFacts, cluster: ClusterFacts): Prepared | null
}

interface Reason {
  readonly message: string
  readonly words: string
  readonly details?: Refusal['details']
  readonly preemptible?: boolean
}

export const refusal = (code: SchedulerFilter, node: string | null, reason: Reason): Refusal => ({
  code,
  node,
  message: reason.message,
  words: reason.words,
  details: reason.details ?? {},
  preemptible: reason.preemptible ?? false,
})

/** Up to three pods by name; the others, and those in namespaces that the reader may not see, are only counted. */
export function podWords(pods: readonly PodFacts[], cluster: ClusterFacts): string {
  const named = pods.filter((pod) => cluster.mayName(pod.namespace)).slice(0, 3)
  const names = named.map((pod) => `${pod.namespace}/${pod.name}`)
  const more = pods.length - named.length
  if (more > 0)
    names.push(named.length === 0 ? `${more} ${more === 1 ? 'pod' : 'pods'} you may not see` : `${more} more`)
  return names.join(', ')
}
