import type { Selector } from '../../label-selector'
import type { ClusterFacts, NodeFacts, NodeState } from '../cluster-facts'
import type { PodFacts } from '../pod-facts'
import type { SpreadConstraint } from '../pod-terms'
import { constraintIncludes, constraintCounts } from '../topology-spread'
import { maxScore, type ScorePlugin, type ScoreQuestion } from './score-plugin'

const hostname = 'kubernetes.io/hostname'

/** Upstream: plugins/podtopologyspread systemDefaultConstraints. */
const defaults = [
  { topologyKey: hostname, maxSkew: 3 },
  { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 5 },
] as const

function defaultConstraints(selector: Selector): readonly SpreadConstraint[] {
  if (selector === 'nothing' || selector.length === 0) return []
  return defaults.map((each) => ({
    ...each,
    selector,
    minDomains: 1,
    honorAffinity: true,
    honorTaints: false,
  }))
}

interface Prepared {
  readonly constraint: SpreadConstraint
  /** Pods like it by domain, of domains with a node that fits. Counted per node where the node is the domain. */
  readonly counts: ReadonlyMap<string, number> | null
  readonly weight: number
}

const hasAll = (node: NodeFacts, constraints: readonly SpreadConstraint[]): boolean =>
  constraints.every(({ topologyKey }) => node.labels[topologyKey] !== undefined)

const like = (constraint: SpreadConstraint, pod: PodFacts, { pods }: NodeState): number =>
  pods.filter((other) => constraintCounts(constraint, pod, other)).length

function prepare(
  constraint: SpreadConstraint,
  { pod, cluster, fitting }: { pod: PodFacts; cluster: ClusterFacts; fitting: readonly NodeState[] },
): Prepared {
  const { topologyKey } = constraint
  const weightOf = (domains: number): number => Math.log(domains + 2)
  if (topologyKey === hostname) return { constraint, counts: null, weight: weightOf(fitting.length) }
  const domainOf = ({ node }: NodeState): string => node.labels[topologyKey] ?? ''
  const counts = new Map(fitting.map((state) => [domainOf(state), 0]))
  for (const state of cluster.nodes) {
    const before = counts.get(domainOf(state))
    if (before === undefined || !constraintIncludes(constraint, pod, state.node)) continue
    counts.set(domainOf(state), before + like(constraint, pod, state))
  }
  return { constraint, counts, weight: weightOf(counts.size) }
}

function costOf(prepared: readonly Prepared[], pod: PodFacts, state: NodeState): number {
  const costs = prepared.map(({ constraint, counts, weight }) => {
    const domain = state.node.labels[constraint.topologyKey]
    if (domain === undefined) return 0
    const there = counts === null ? like(constraint, pod, state) : (counts.get(domain) ?? 0)
    return there * weight + (constraint.maxSkew - 1)
  })
  return Math.round(costs.reduce((sum, cost) => sum + cost, 0))
}

/** The cheapest nodes get the most; nodes outside of every domain get nothing. */
function scoresOf(costs: readonly (number | null)[]): readonly number[] {
  const known = costs.filter((cost) => cost !== null)
  const [least, most] = [Math.min(...known), Math.max(0, ...known)]
  return costs.map((cost) => {
    if (cost === null) return 0
    return most === 0 ? maxScore : Math.trunc((maxScore * (most + least - cost)) / most)
  })
}

function scored({ pod, cluster, fitting }: ScoreQuestion, constraints: readonly SpreadConstraint[]) {
  // A node without one of the keys is in no domain; the cluster's defaults are content with any of theirs.
  const strict = pod.preferences.spread !== null
  const among = (states: readonly NodeState[]) =>
    strict ? states.filter(({ node }) => hasAll(node, constraints)) : states
  const within = {
    pod,
    cluster: { ...cluster, nodes: among(cluster.nodes) },
    fitting: among(fitting),
  }
  const prepared = constraints.map((constraint) => prepare(constraint, within))
  const inDomains = new Set(within.fitting)
  return scoresOf(fitting.map((state) => (inDomains.has(state) ? costOf(prepared, pod, state) : null)))
}

/** Upstream: plugins/podtopologyspread/scoring.go. */
export const spreadScore: ScorePlugin = {
  name: 'PodTopologySpread',
  score(question) {
    const { pod, cluster } = question
    const constraints = pod.preferences.spread ?? defaultConstraints(cluster.defaultSelector)
    return constraints.length === 0 ? null : scored(question, constraints)
  },
}
