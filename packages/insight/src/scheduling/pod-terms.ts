import {
  integerIn,
  recordIn,
  recordsIn,
  textIn,
  textListIn,
  type Loose,
} from '@fairlead/contracts/loose-json'
import {
  equalities,
  readRequirements,
  readSelector,
  type Labels,
  type Requirement,
  type Selector,
} from '../label-selector'

export interface NodeTerm {
  readonly expressions: readonly Requirement[]
  readonly fields: readonly Requirement[]
}
export interface PodTerm {
  readonly topologyKey: string
  readonly selector: Selector
  readonly namespaces: readonly string[]
  readonly namespaceSelector: Selector
}
export interface SpreadConstraint {
  readonly maxSkew: number
  readonly topologyKey: string
  readonly selector: Selector
  readonly minDomains: number
  readonly honorAffinity: boolean
  readonly honorTaints: boolean
}

export const readNodeTerm = (term: Loose): NodeTerm => ({
  expressions: readRequirements(term['matchExpressions']),
  fields: readRequirements(term['matchFields']),
})

/** Without namespaces and without a selector of namespaces, a term means the namespace of its own pod. */
export function readPodTerm(term: Loose, ownNamespace: string): PodTerm {
  const namespaces = textListIn(term['namespaces'])
  const namespaceSelector = readSelector(term['namespaceSelector'])
  const own = namespaces.length === 0 && namespaceSelector === 'nothing'
  return {
    topologyKey: textIn(term['topologyKey']),
    selector: readSelector(term['labelSelector']),
    namespaces: own ? [ownNamespace] : namespaces,
    namespaceSelector,
  }
}

function readConstraint(constraint: Loose, labels: Labels): SpreadConstraint {
  const selector = readSelector(constraint['labelSelector'])
  const own = textListIn(constraint['matchLabelKeys']).filter((key) => labels[key] !== undefined)
  const merged = equalities(Object.fromEntries(own.map((key) => [key, labels[key] ?? ''])))
  return {
    maxSkew: integerIn(constraint['maxSkew']),
    topologyKey: textIn(constraint['topologyKey']),
    selector: selector === 'nothing' ? selector : [...merged, ...selector],
    minDomains: integerIn(constraint['minDomains']) || 1,
    honorAffinity: constraint['nodeAffinityPolicy'] !== 'Ignore',
    honorTaints: constraint['nodeTaintsPolicy'] === 'Honor',
  }
}

/** `DoNotSchedule` constraints filter, `ScheduleAnyway` ones score. */
export const readSpread = (
  spec: Loose,
  labels: Labels,
  when: 'DoNotSchedule' | 'ScheduleAnyway',
): readonly SpreadConstraint[] =>
  recordsIn(spec['topologySpreadConstraints'])
    .filter((constraint) => constraint['whenUnsatisfiable'] === when)
    .map((constraint) => readConstraint(recordIn(constraint), labels))
