import type { ClusterFacts, NodeState } from './cluster-facts'
import { nodeState } from './cluster-facts'
import { countsOf, formOf } from './message'
import type { PodFacts } from './pod-facts'
import { evaluateNode, type Evaluation } from './run-filters'

/** More nodes than this are not tried: each costs a look at the whole cluster. */
const mostTried = 300

export interface Preemption {
  /** What the scheduler appends to its message; null when it would preempt, or when too many nodes are possible. */
  readonly message: string | null
  readonly words: string
}

const notHelpful = 'Preemption is not helpful for scheduling'
const noVictims = 'No preemption victims found for incoming pod'

/** Why evicting every pod of a lower priority does not make room here; empty when it does. */
function withoutVictims(pod: PodFacts, cluster: ClusterFacts, state: NodeState): readonly string[] {
  const kept = state.pods.filter((other) => other.priority >= pod.priority)
  if (kept.length === state.pods.length) return [noVictims]
  return evaluateNode(pod, cluster, nodeState(state.node, kept)).map(({ message }) => message)
}

/** The scheduler's second look, when no node takes the pod. Upstream: pkg/scheduler/framework/preemption. */
export function preemptionOf(pod: PodFacts, cluster: ClusterFacts, evaluation: Evaluation): Preemption {
  if (!pod.preempts)
    return {
      message: 'not eligible due to preemptionPolicy=Never.',
      words: 'It may not evict others: its preemptionPolicy is Never.',
    }
  const possible = evaluation.refused.filter(({ reasons }) => reasons.every((reason) => reason.preemptible))
  if (possible.length > mostTried)
    return { message: null, words: `${possible.length} nodes could be freed by evicting pods; not tried.` }
  const tried = possible.map(({ state }) => ({ state, reasons: withoutVictims(pod, cluster, state) }))
  const freed = tried.filter(({ reasons }) => reasons.length === 0)
  if (freed.length > 0)
    return {
      message: null,
      words: `Its priority ${pod.priority} lets it evict pods of a lower priority: ${freed.length === 1 ? `the node ${freed[0]?.state.node.name} would take it` : `${freed.length} nodes would take it`} then.`,
    }
  const rest = cluster.nodes.length - possible.length
  const all = [...tried.flatMap(({ reasons }) => reasons), ...Array.from({ length: rest }, () => notHelpful)]
  return {
    message: formOf(cluster.nodes.length, countsOf(all)),
    words:
      possible.length === 0
        ? 'Evicting pods would not help: no node refuses it for want of room.'
        : `Evicting pods of a lower priority than ${pod.priority} would not help on any node.`,
  }
}
