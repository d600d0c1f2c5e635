import { selects, type Selector } from '../label-selector'
import { nodeState, type ClusterFacts, type NodeState } from '../scheduling/cluster-facts'
import type { PodFacts } from '../scheduling/pod-facts'
import { evaluate, type Evaluation } from '../scheduling/run-filters'
import { newPodPrefix } from './pod-template'

/** Where one pod went, and the cluster with it; or why it went nowhere. */
export type Placed =
  | { readonly node: string; readonly cluster: ClusterFacts }
  | { readonly node: null; readonly evaluation: Evaluation }

const withNode = (cluster: ClusterFacts, changed: NodeState): ClusterFacts => ({
  ...cluster,
  nodes: cluster.nodes.map((state) => (state.node.name === changed.node.name ? changed : state)),
})

/** The larger share of CPU and memory that would be taken, as the scheduler's LeastAllocated prefers it small. */
function fullness({ node, used }: NodeState, pod: PodFacts): number {
  const share = (resource: string): number => {
    const most = node.allocatable.get(resource) ?? 0
    const taken = (used.get(resource) ?? 0) + (pod.requests.get(resource) ?? 0)
    return most > 0 ? taken / most : 0
  }
  return Math.max(share('cpu'), share('memory'))
}

const emptiest = (pod: PodFacts, fitting: readonly NodeState[]): NodeState | undefined =>
  fitting.toSorted(
    (left, right) =>
      fullness(left, pod) - fullness(right, pod) ||
      left.pods.length - right.pods.length ||
      (left.node.name < right.node.name ? -1 : 1),
  )[0]

/** `only`: the one node that it is meant for. */
export function placePod(pod: PodFacts, cluster: ClusterFacts, only: string | null): Placed {
  const evaluation = evaluate(pod, cluster)
  const fitting = evaluation.fitting.filter(({ node }) => only === null || node.name === only)
  const chosen = emptiest(pod, fitting)
  if (chosen === undefined) {
    const refused = evaluation.refused.filter(({ state }) => only === null || state.node.name === only)
    return { node: null, evaluation: { ...evaluation, fitting: [], refused } }
  }
  const placed = { ...pod, nodeName: chosen.node.name }
  return {
    node: chosen.node.name,
    cluster: withNode(cluster, nodeState(chosen.node, [...chosen.pods, placed])),
  }
}

export interface OldPods {
  readonly namespace: string
  readonly selector: Selector
  /** By name, for kinds whose pods keep theirs. */
  readonly name: string | null
  readonly node: string | null
}

/** One old pod less, from the node that runs most of them; nothing changes where none is seen. */
export function removePod(cluster: ClusterFacts, { namespace, selector, name, node }: OldPods): ClusterFacts {
  const old = (pod: PodFacts): boolean =>
    pod.namespace === namespace &&
    !pod.uid.startsWith(newPodPrefix) &&
    (name === null || pod.name === name) &&
    selects(selector, pod.labels)
  const [most] = cluster.nodes
    .filter((state) => node === null || state.node.name === node)
    .map((state) => ({ state, count: state.pods.filter(old).length }))
    .filter(({ count }) => count > 0)
    .toSorted((left, right) => right.count - left.count)
  if (most === undefined) return cluster
  const { state } = most
  const gone = state.pods.find(old)
  return withNode(
    cluster,
    nodeState(
      state.node,
      state.pods.filter((pod) => pod !== gone),
    ),
  )
}
