import { recordIn, recordsIn, textIn, textsIn } from '@fairlead/insight/loose-json'

type Labels = Readonly<Record<string, string>>

/** A metav1.LabelSelector: none matches nothing, an empty one everything. */
export function selects(selector: unknown, labels: Labels): boolean {
  if (typeof selector !== 'object' || selector === null) return false
  const { matchLabels, matchExpressions } = recordIn(selector)
  return (
    Object.entries(textsIn(matchLabels)).every(([key, value]) => labels[key] === value) &&
    recordsIn(matchExpressions).every((expression) => holdsFor(expression, labels))
  )
}

function holdsFor(expression: Readonly<Record<string, unknown>>, labels: Labels): boolean {
  const key = textIn(expression['key'])
  const value = labels[key]
  const values: readonly unknown[] = Array.isArray(expression['values']) ? expression['values'] : []
  switch (expression['operator']) {
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
