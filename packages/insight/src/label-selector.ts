import type { LabelSelector } from '@fairlead/contracts/cluster-facts'

type Labels = Readonly<Record<string, string>>

/** Upstream: apimachinery labels.Requirement. An empty selector selects everything; an unknown operator nothing. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  const exact = Object.entries(selector.matchLabels ?? {})
  if (exact.some(([key, value]) => !Object.hasOwn(labels, key) || labels[key] !== value)) return false
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined
    switch (operator) {
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
  })
}

export const isEmptySelector = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0
