import type { ClusterFacts, NodeFacts } from './cluster-facts'
import { podWords, refusal, type Filter } from './filter'
import { selects, selectorWords } from '../label-selector'
import type { PodFacts } from './pod-facts'
import type { PodTerm } from './pod-terms'

export const termMeans = (term: PodTerm, other: PodFacts, cluster: ClusterFacts): boolean =>
  (term.namespaces.includes(other.namespace) ||
    selects(term.namespaceSelector, cluster.namespaces.get(other.namespace) ?? {})) &&
  selects(term.selector, other.labels)

const pairOf = (key: string, value: string): string => `${key}=${value}`

/** Pods by the domain (`key=value`) in which they stand for a term. */
type Domains = Map<string, PodFacts[]>

function add(domains: Domains, node: NodeFacts, key: string, pod: PodFacts): void {
  const value = node.labels[key]
  if (value === undefined) return
  const pair = pairOf(key, value)
  const there = domains.get(pair) ?? []
  there.push(pod)
  domains.set(pair, there)
}

interface Found {
  /** Pods that meet every affinity term of the pod at once. */
  readonly wanted: Domains
  /** Pods that an anti-affinity term of the pod means. */
  readonly avoided: Domains
  /** Pods with an anti-affinity term that means the pod. */
  readonly hostile: Domains
}

function look(pod: PodFacts, cluster: ClusterFacts): Found {
  const found: Found = { wanted: new Map(), avoided: new Map(), hostile: new Map() }
  const asksNothing = pod.affinity.length === 0 && pod.antiAffinity.length === 0
  for (const { node, pods } of cluster.nodes)
    for (const other of pods) {
      for (const term of other.antiAffinity)
        if (termMeans(term, pod, cluster)) add(found.hostile, node, term.topologyKey, other)
      if (asksNothing) continue
      if (pod.affinity.length > 0 && pod.affinity.every((term) => termMeans(term, other, cluster)))
        for (const term of pod.affinity) add(found.wanted, node, term.topologyKey, other)
      for (const term of pod.antiAffinity)
        if (termMeans(term, other, cluster)) add(found.avoided, node, term.topologyKey, other)
    }
  return found
}

const termWords = ({ selector, topologyKey }: PodTerm): string =>
  `${selectorWords(selector)} in the same ${topologyKey}`

/** The first pod of a group that wants to be beside itself may start anywhere. */
const isFirst = (pod: PodFacts, found: Found, cluster: ClusterFacts): boolean =>
  found.wanted.size === 0 && pod.affinity.every((term) => termMeans(term, pod, cluster))

function unmetAffinity(pod: PodFacts, node: NodeFacts, found: Found, cluster: ClusterFacts): string | null {
  const unlabelled = pod.affinity.find(({ topologyKey }) => node.labels[topologyKey] === undefined)
  if (unlabelled !== undefined) return `the node has no label ${unlabelled.topologyKey}`
  const unmet = pod.affinity.find(
    ({ topologyKey }) => !found.wanted.has(pairOf(topologyKey, node.labels[topologyKey] ?? '')),
  )
  if (unmet === undefined || isFirst(pod, found, cluster)) return null
  return `it wants a pod with ${termWords(unmet)}, and ${found.wanted.size === 0 ? 'no node has one' : 'there is none here'}`
}

function avoidedHere(pod: PodFacts, node: NodeFacts, found: Found): readonly PodFacts[] {
  const pairs = pod.antiAffinity.flatMap(({ topologyKey }) => {
    const value = node.labels[topologyKey]
    return value === undefined ? [] : [pairOf(topologyKey, value)]
  })
  return [...new Set(pairs.flatMap((pair) => found.avoided.get(pair) ?? []))]
}

const hostileHere = (node: NodeFacts, found: Found): readonly PodFacts[] =>
  found.hostile.size === 0
    ? []
    : [
        ...new Set(
          Object.entries(node.labels).flatMap(([key, value]) => found.hostile.get(pairOf(key, value)) ?? []),
        ),
      ]

function refuse(pod: PodFacts, node: NodeFacts, found: Found, cluster: ClusterFacts) {
  const unmet = unmetAffinity(pod, node, found, cluster)
  if (unmet !== null)
    return [
      refusal('InterPodAffinity', node.name, {
        message: "node(s) didn't match pod affinity rules",
        words: unmet,
      }),
    ]
  const avoided = avoidedHere(pod, node, found)
  if (avoided.length > 0)
    return [
      refusal('InterPodAffinity', node.name, {
        message: "node(s) didn't match pod anti-affinity rules",
        words: `it keeps away from ${podWords(avoided, cluster)}`,
        preemptible: true,
      }),
    ]
  const hostile = hostileHere(node, found)
  if (hostile.length === 0) return []
  return [
    refusal('InterPodAffinity', node.name, {
      message: "node(s) didn't satisfy existing pods anti-affinity rules",
      words: `${podWords(hostile, cluster)} keeps it away`,
      preemptible: true,
    }),
  ]
}

/** Upstream: pkg/scheduler/framework/plugins/interpodaffinity. */
export const podAffinityFilter: Filter = {
  name: 'InterPodAffinity',
  prepare(pod, cluster) {
    const found = look(pod, cluster)
    if (found.hostile.size === 0 && pod.affinity.length === 0 && pod.antiAffinity.length === 0) return null
    return { refuse: ({ node }) => refuse(pod, node, found, cluster) }
  },
}
