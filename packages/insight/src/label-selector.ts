import { recordIn, recordsIn, textIn, textListIn, textsIn } from '@fairlead/contracts/loose-json'

export type Labels = Readonly<Record<string, string>>
export interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
}
/** All must hold; 'nothing' is a selector that is absent or that the API server would not have taken. */
export type Selector = readonly Requirement[] | 'nothing'

const integer = (text: string | undefined): number =>
  /^[+-]?\d+$/.test(text ?? '') ? Number(text) : Number.NaN

/** Upstream: k8s.io/apimachinery/pkg/labels Requirement.Matches. */
const holds: Readonly<Record<string, (own: string | undefined, values: readonly string[]) => boolean>> = {
  In: (own, values) => own !== undefined && values.includes(own),
  NotIn: (own, values) => own === undefined || !values.includes(own),
  Exists: (own) => own !== undefined,
  DoesNotExist: (own) => own === undefined,
  Gt: (own, values) => integer(own) > integer(values[0]),
  Lt: (own, values) => integer(own) < integer(values[0]),
}

export const requirementHolds = (requirement: Requirement, labels: Labels): boolean =>
  holds[requirement.operator]?.(
    Object.hasOwn(labels, requirement.key) ? labels[requirement.key] : undefined,
    requirement.values,
  ) ?? false

export const selects = (selector: Selector, labels: Labels): boolean =>
  selector !== 'nothing' && selector.every((requirement) => requirementHolds(requirement, labels))

export const readRequirements = (value: unknown): readonly Requirement[] =>
  recordsIn(value).map((item) => ({
    key: textIn(item['key']),
    operator: textIn(item['operator']),
    values: textListIn(item['values']),
  }))

/** `k=v` for every pair. */
export const equalities = (labels: Labels): readonly Requirement[] =>
  Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value] }))

/** A metav1.LabelSelector: absent selects nothing, an empty one everything. */
export function readSelector(value: unknown): Selector {
  if (value === undefined || value === null) return 'nothing'
  const { matchLabels, matchExpressions } = recordIn(value)
  return [...equalities(textsIn(matchLabels)), ...readRequirements(matchExpressions)]
}

/** As `selects`, of a metav1.LabelSelector as an object carries it. */
export const matchesSelector = (selector: unknown, labels: Labels): boolean =>
  selects(readSelector(selector), labels)

export function isEmptySelector(selector: unknown): boolean {
  const read = readSelector(selector)
  return read !== 'nothing' && read.length === 0
}

const signs: Readonly<Record<string, string>> = { Gt: '>', Lt: '<' }

function requirementWords({ key, operator, values }: Requirement): string {
  if (operator === 'In')
    return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(', ')})`
  if (operator === 'NotIn') return `${key} not in (${values.join(', ')})`
  if (operator === 'Exists') return key
  if (operator === 'DoesNotExist') return `no ${key}`
  return `${key} ${signs[operator] ?? operator} ${values.join(', ')}`
}

export const selectorWords = (selector: Selector): string =>
  selector === 'nothing' ? 'nothing' : selector.map(requirementWords).join(', ') || 'everything'
