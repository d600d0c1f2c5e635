import type { ClusterFacts, NodeFacts, NodeState } from './cluster-facts'
import { refusal, type Filter } from './filter'
import { selects } from '../label-selector'
import { nodeMatches } from './node-affinity'
import type { PodFacts } from './pod-facts'
import type { SpreadConstraint } from './pod-terms'
import { untolerated } from './taints'

const message = "node(s) didn't match pod topology spread constraints"

export const constraintIncludes = (constraint: SpreadConstraint, pod: PodFacts, node: NodeFacts): boolean =>
  (!constraint.honorAffinity || nodeMatches(pod, node)) &&
  (!constraint.honorTaints || untolerated(node.taints, pod.tolerations).length === 0)

/** A selector of everything counts no pod: upstream asks for one that is not empty. */
export const constraintCounts = (constraint: SpreadConstraint, pod: PodFacts, other: PodFacts): boolean =>
  other.namespace === pod.namespace &&
  !other.deleting &&
  constraint.selector.length > 0 &&
  selects(constraint.selector, other.labels)

/** Matching pods by domain, over the nodes that the constraint includes. */
function countByDomain(
  constraint: SpreadConstraint,
  pod: PodFacts,
  nodes: readonly NodeState[],
): ReadonlyMap<string, number> {
  const domains = new Map<string, number>()
  for (const { node, pods } of nodes) {
    if (!constraintIncludes(constraint, pod, node)) continue
    const domain = node.labels[constraint.topologyKey] ?? ''
    const here = pods.filter((other) => constraintCounts(constraint, pod, other)).length
    domains.set(domain, (domains.get(domain) ?? 0) + here)
  }
  return domains
}

interface Counted {
  readonly constraint: SpreadConstraint
  readonly domains: ReadonlyMap<string, number>
  readonly least: number
  readonly self: 0 | 1
}

function count(constraint: SpreadConstraint, pod: PodFacts, nodes: readonly NodeState[]): Counted {
  const domains = countByDomain(constraint, pod, nodes)
  const least = domains.size < constraint.minDomains ? 0 : Math.min(...domains.values())
  return { constraint, domains, least, self: selects(constraint.selector, pod.labels) ? 1 : 0 }
}

function skewWords({ constraint, domains, least, self }: Counted, domain: string, there: number): string {
  const { topologyKey, maxSkew, minDomains } = constraint
  const floor =
    domains.size < minDomains
      ? `0, as there are ${domains.size} domains and ${minDomains} are asked for`
      : `${least} in the emptiest domain`
  return `${there} matching pods in ${topologyKey}=${domain} + ${self} for itself − ${floor} = ${there + self - least}, more than maxSkew ${maxSkew}`
}

function refuse(counted: Counted, node: NodeFacts) {
  const { topologyKey, maxSkew } = counted.constraint
  const domain = node.labels[topologyKey]
  if (domain === undefined)
    return refusal('PodTopologySpread', node.name, {
      message: `${message} (missing required label)`,
      words: `the node has no label ${topologyKey}`,
      details: { topologyKey },
    })
  const there = counted.domains.get(domain) ?? 0
  const skew = there + counted.self - counted.least
  if (skew <= maxSkew) return null
  return refusal('PodTopologySpread', node.name, {
    message,
    words: skewWords(counted, domain, there),
    details: {
      topologyKey,
      domain,
      matching: there,
      self: counted.self,
      least: counted.least,
      skew,
      maxSkew,
    },
    preemptible: true,
  })
}

/** Upstream: pkg/scheduler/framework/plugins/podtopologyspread. Constraints are checked in order; the first refuses. */
export const topologySpreadFilter: Filter = {
  name: 'PodTopologySpread',
  prepare(pod: PodFacts, cluster: ClusterFacts) {
    if (pod.spread.length === 0) return null
    // A node without one of the keys is in no domain of any constraint.
    const labelled = cluster.nodes.filter(({ node }) =>
      pod.spread.every(({ topologyKey }) => node.labels[topologyKey] !== undefined),
    )
    const constraints = pod.spread.map((constraint) => count(constraint, pod, labelled))
    return {
      refuse({ node }) {
        for (const counted of constraints) {
          const found = refuse(counted, node)
          if (found !== null) return [found]
        }
        return []
      },
    }
  },
}
