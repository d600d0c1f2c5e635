import type { ClusterFacts, NodeFacts } from '../cluster-facts'
import { termMeans } from '../pod-affinity'
import type { PodFacts } from '../pod-facts'
import type { PodTerm } from '../pod-terms'
import { maxScore, type ScorePlugin } from './score-plugin'

/** What a required affinity of a pod that runs weighs for one that it means. Upstream: HardPodAffinityWeight. */
const hardAffinityWeight = 1

/** By topology key, then value: what speaks for (or against) that domain. */
type Domains = Map<string, Map<string, number>>

function add(domains: Domains, { labels }: NodeFacts, { topologyKey }: PodTerm, weight: number): void {
  const value = labels[topologyKey]
  if (value === undefined) return
  const values = domains.get(topologyKey) ?? new Map<string, number>()
  values.set(value, (values.get(value) ?? 0) + weight)
  domains.set(topologyKey, values)
}

interface Pair {
  readonly pod: PodFacts
  readonly other: PodFacts
  readonly node: NodeFacts
}

function weigh(domains: Domains, { pod, other, node }: Pair, cluster: ClusterFacts): void {
  for (const [sign, kind] of [
    [1, 'affinity'],
    [-1, 'antiAffinity'],
  ] as const) {
    for (const { term, weight } of pod.preferences[kind])
      if (termMeans(term, other, cluster)) add(domains, node, term, sign * weight)
    for (const { term, weight } of other.preferences[kind])
      if (termMeans(term, pod, cluster)) add(domains, node, term, sign * weight)
  }
  for (const term of other.affinity)
    if (termMeans(term, pod, cluster)) add(domains, node, term, hardAffinityWeight)
}

/** Upstream: plugins/interpodaffinity/scoring.go: preferences of the pod, and of those that run for it. */
export const podAffinityScore: ScorePlugin = {
  name: 'InterPodAffinity',
  score({ pod, cluster, fitting }) {
    const domains: Domains = new Map()
    for (const { node, pods } of cluster.nodes)
      for (const other of pods) weigh(domains, { pod, other, node }, cluster)
    if (domains.size === 0) return null
    const sums = fitting.map(({ node }) =>
      [...domains].reduce((sum, [key, values]) => {
        const value = node.labels[key]
        return sum + (value === undefined ? 0 : (values.get(value) ?? 0))
      }, 0),
    )
    const [least, most] = [Math.min(...sums), Math.max(...sums)]
    return sums.map((sum) => (most === least ? 0 : Math.trunc(maxScore * ((sum - least) / (most - least)))))
  },
}
