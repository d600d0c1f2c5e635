import { record, records, text, texts, type PlainObject } from './plain'

type Labels = Readonly<Record<string, string>>

export const labelsOf = ({ metadata }: PlainObject): Labels => metadata.labels ?? {}

/** Equality only, as in a Service. Empty matches nothing: such a Service has no selector. */
export function matchesAll(selector: Labels, labels: Labels): boolean {
  const wanted = Object.entries(selector)
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
}

/** metav1.LabelSelector: an empty one matches everything. Upstream: apimachinery LabelSelectorAsSelector. */
export function matchesSelector(selector: unknown, labels: Labels): boolean {
  const { matchLabels, matchExpressions } = record(selector)
  const equal = Object.entries(record(matchLabels)).every(([key, value]) => labels[key] === value)
  return equal && records(matchExpressions).every((requirement) => meets(requirement, labels))
}

function meets(requirement: Readonly<Record<string, unknown>>, labels: Labels): boolean {
  const value = labels[text(requirement['key'])]
  const values = texts(requirement['values'])
  switch (requirement['operator']) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

export const selectorText = (selector: Labels): string =>
  Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
