import type { Refusal } from '@fairlead/contracts/pod-why'
import type { ClusterFacts, NodeState } from './cluster-facts'
import type { Filter, Prepared } from './filter'
import { nodeAffinityFilter } from './node-affinity'
import {
  nodeNameFilter,
  nodePortsFilter,
  nodeResourcesFilter,
  nodeUnschedulableFilter,
  taintFilter,
} from './node-filters'
import { podAffinityFilter } from './pod-affinity'
import type { PodFacts } from './pod-facts'
import { topologySpreadFilter } from './topology-spread'
import { volumeBindingFilter } from './volume-binding'
import { volumeLimitsFilter, volumeRestrictionsFilter } from './volume-filters'
import { volumeZoneFilter } from './volume-zone'

/** In kube-scheduler's order. Upstream: pkg/scheduler/apis/config/v1/default_plugins.go. */
const filters: readonly Filter[] = [
  nodeUnschedulableFilter,
  nodeNameFilter,
  taintFilter,
  nodeAffinityFilter,
  nodePortsFilter,
  nodeResourcesFilter,
  volumeRestrictionsFilter,
  volumeLimitsFilter,
  volumeBindingFilter,
  volumeZoneFilter,
  topologySpreadFilter,
  podAffinityFilter,
]

export interface Evaluation {
  /** Set when no node was looked at. */
  readonly blocked: Refusal | null
  readonly fitting: readonly NodeState[]
  /** Every reason of the first filter that refused the node. */
  readonly refused: readonly { readonly state: NodeState; readonly reasons: readonly Refusal[] }[]
}

type Refuse = NonNullable<Prepared['refuse']>

function firstRefusal(checks: readonly Refuse[], state: NodeState): readonly Refusal[] {
  for (const refuse of checks) {
    const reasons = refuse(state)
    if (reasons.length > 0) return reasons
  }
  return []
}

const notNamed = (state: NodeState): readonly Refusal[] => [
  {
    code: 'NodeAffinity',
    node: state.node.name,
    message: "node(s) didn't satisfy plugin(s) [NodeAffinity]",
    words: 'its node affinity names other nodes',
    details: {},
    preemptible: false,
  },
]

/** Which nodes would take the pod, and why the others would not. */
export function evaluate(pod: PodFacts, cluster: ClusterFacts): Evaluation {
  const checks: Refuse[] = []
  let only: ReadonlySet<string> | null = null
  for (const filter of filters) {
    const prepared = filter.prepare(pod, cluster)
    if (prepared === null) continue
    if (prepared.blocked !== undefined) return { blocked: prepared.blocked, fitting: [], refused: [] }
    if (prepared.only !== undefined) only = prepared.only
    if (prepared.refuse !== undefined) checks.push(prepared.refuse)
  }
  const judged = cluster.nodes.map((state) => ({
    state,
    reasons: only !== null && !only.has(state.node.name) ? notNamed(state) : firstRefusal(checks, state),
  }))
  return {
    blocked: null,
    fitting: judged.filter(({ reasons }) => reasons.length === 0).map(({ state }) => state),
    refused: judged.filter(({ reasons }) => reasons.length > 0),
  }
}

/** Whether this one node, changed, would take the pod; the rest of the cluster stays as it is. */
export function evaluateNode(pod: PodFacts, cluster: ClusterFacts, changed: NodeState): readonly Refusal[] {
  const nodes = cluster.nodes.map((state) => (state.node.name === changed.node.name ? changed : state))
  const checks = filters.flatMap((filter) => filter.prepare(pod, { ...cluster, nodes })?.refuse ?? [])
  return firstRefusal(checks, changed)
}
