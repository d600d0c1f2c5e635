import { requirementHolds, selectorWords } from '../label-selector'
import type { NodeFacts } from './cluster-facts'
import { refusal, type Filter } from './filter'
import type { PodFacts } from './pod-facts'
import type { NodeTerm } from './pod-terms'

/** A term without any requirement matches no node. Upstream: component-helpers/scheduling/corev1/nodeaffinity. */
export function termMatches(term: NodeTerm, node: Pick<NodeFacts, 'name' | 'labels'>): boolean {
  if (term.expressions.length === 0 && term.fields.length === 0) return false
  const fields = { 'metadata.name': node.name }
  return (
    term.expressions.every((requirement) => requirementHolds(requirement, node.labels)) &&
    term.fields.every((requirement) => requirementHolds(requirement, fields))
  )
}

/** The selector of the pod and its required node affinity together. */
export const nodeMatches = (pod: PodFacts, node: NodeFacts): boolean =>
  pod.nodeSelector.every((requirement) => requirementHolds(requirement, node.labels)) &&
  (pod.nodeTerms === null || pod.nodeTerms.some((term) => termMatches(term, node)))

const namesIn = (term: NodeTerm): ReadonlySet<string> | null => {
  const lists = term.fields.filter((field) => field.key === 'metadata.name' && field.operator === 'In')
  if (lists.length === 0) return null
  const [first, ...others] = lists.map(({ values }) => values)
  return new Set((first ?? []).filter((name) => others.every((values) => values.includes(name))))
}

/** Nodes that the terms name; null when a term names none, so that any node is possible. */
function namedNodes(terms: readonly NodeTerm[] | null): ReadonlySet<string> | null {
  if (terms === null || terms.length === 0) return null
  const named = terms.map(namesIn)
  return named.includes(null) ? null : new Set(named.flatMap((names) => [...(names ?? [])]))
}

function missingWords(pod: PodFacts, node: NodeFacts): string {
  const unmet = pod.nodeSelector.filter((requirement) => !requirementHolds(requirement, node.labels))
  if (unmet.length > 0)
    return `it asks for ${selectorWords(unmet)}; the node has ${unmet.map(({ key }) => `${key}=${node.labels[key] ?? '(unset)'}`).join(', ')}`
  const terms = (pod.nodeTerms ?? []).map((term) => selectorWords([...term.expressions, ...term.fields]))
  return `none of its node affinity terms matches: ${terms.map((term) => `(${term})`).join(' or ') || 'there are none'}`
}

export const nodeAffinityFilter: Filter = {
  name: 'NodeAffinity',
  prepare(pod) {
    if (pod.nodeSelector.length === 0 && pod.nodeTerms === null) return null
    const only = namedNodes(pod.nodeTerms)
    if (only !== null && only.size === 0)
      return {
        blocked: refusal('NodeAffinity', null, {
          message: 'pod affinity terms conflict',
          words: 'Its node affinity names different nodes at once, so no node can match.',
        }),
      }
    return {
      ...(only === null ? {} : { only }),
      refuse: ({ node }) =>
        nodeMatches(pod, node)
          ? []
          : [
              refusal('NodeAffinity', node.name, {
                message: "node(s) didn't match Pod's node affinity/selector",
                words: missingWords(pod, node),
              }),
            ],
    }
  },
}
