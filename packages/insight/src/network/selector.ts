import type { Labels } from '../label-selector'
import type { PlainObject } from './plain'

export const labelsOf = ({ metadata }: PlainObject): Labels => metadata.labels ?? {}

/** Equality only, as in a Service. Empty matches nothing: such a Service has no selector. */
export function matchesAll(selector: Labels, labels: Labels): boolean {
  const wanted = Object.entries(selector)
  return (
    wanted.length > 0 && wanted.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
  )
}

export const selectorText = (selector: Labels): string =>
  Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
