import type { Loose } from '@fairlead/contracts/loose-json'
import { elementsOf, sameValues, stableText } from './list-elements'
import { ownNamespace } from './without-nature'

/** One field that differs; `undefined` where it is not set. */
export interface FieldDifference {
  readonly path: string
  readonly left: unknown
  readonly right: unknown
}

const longestLabel = 60
const isRecord = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Fields that are no plain words are quoted, as in `metadata.annotations["example.org/owner"]`. */
function fieldOf(path: string, field: string): string {
  if (!/^[\w-]+$/.test(field)) return `${path}[${JSON.stringify(field)}]`
  return path === '' ? field : `${path}.${field}`
}

function elementOf(path: string, label: string): string {
  const shown = label.replaceAll(ownNamespace, 'its namespace')
  return `${path}[${shown.length > longestLabel ? `${shown.slice(0, longestLabel)}…` : shown}]`
}

/** By path, and by value where long labels were cut to the same path. */
const inOrder = (left: FieldDifference, right: FieldDifference): number => {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1
  const [one, other] = [stableText(left.left ?? left.right), stableText(right.left ?? right.right)]
  return one < other ? -1 : one > other ? 1 : 0
}

/** Every field in which two normalised objects differ, as far down as both have it. */
export function differencesOf(left: Loose, right: Loose): readonly FieldDifference[] {
  const found: FieldDifference[] = []
  const fields = (one: Loose, other: Loose, path: string): void => {
    for (const field of new Set([...Object.keys(one), ...Object.keys(other)]))
      values(one[field], other[field], { path: fieldOf(path, field), field })
  }
  const lists = (one: readonly unknown[], other: readonly unknown[], at: Place): void => {
    if (![...one, ...other].every(isRecord)) {
      if (!sameValues(one, other, at.field)) found.push({ path: at.path, left: one, right: other })
      return
    }
    const { pairs, moved } = elementsOf(one, other, at.field)
    for (const { label, ...pair } of pairs)
      values(pair.left, pair.right, { path: elementOf(at.path, label), field: '' })
    if (moved !== null) found.push({ path: `${at.path} (order)`, ...moved })
  }
  const values = (one: unknown, other: unknown, at: Place): void => {
    if (isRecord(one) && isRecord(other)) fields(one, other, at.path)
    else if (Array.isArray(one) && Array.isArray(other)) lists(one, other, at)
    else if (stableText(one) !== stableText(other)) found.push({ path: at.path, left: one, right: other })
  }
  fields(left, right, '')
  return found.sort(inOrder)
}

interface Place {
  readonly path: string
  /** The field that holds it, by which lists are matched. */
  readonly field: string
}
