import { networkFindings, severityNames } from '@fairlead/contracts/network-findings'
import type { NetworkItem } from '@fairlead/contracts/network'
import type { Sort } from '@fairlead/ui/table-column'
import type { Standing } from './severity-mark'

export const facets = ['cluster', 'namespace', 'kind', 'found'] as const
export type Facet = (typeof facets)[number]
export type Chosen = Readonly<Record<Facet, ReadonlySet<string>>>
export type FacetCounts = Readonly<Record<Facet, ReadonlyMap<string, number>>>
type NameOf = (clusterId: string) => string

export const standingOf = ({ worst }: NetworkItem): Standing => worst?.severity ?? 'fine'
export const titleOf = ({ worst }: NetworkItem): string =>
  worst === null ? '' : networkFindings[worst.code].title

const valueOf = (item: NetworkItem, facet: Facet, nameOf: NameOf): string => {
  if (facet === 'cluster') return nameOf(item.clusterId)
  if (facet === 'found') return standingOf(item)
  return item[facet]
}

export function countFacets(items: readonly NetworkItem[], nameOf: NameOf): FacetCounts {
  const counts: Record<Facet, Map<string, number>> = {
    cluster: new Map(),
    namespace: new Map(),
    kind: new Map(),
    found: new Map(),
  }
  for (const item of items)
    for (const facet of facets) {
      const value = valueOf(item, facet, nameOf)
      counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1)
    }
  return counts
}

const weight = (item: NetworkItem): number =>
  item.worst === null ? severityNames.length : severityNames.indexOf(item.worst.severity)

function keyOf(item: NetworkItem, column: string, nameOf: NameOf): string | number {
  if (column === 'found') return weight(item)
  if (column === 'cluster') return nameOf(item.clusterId)
  if (column === 'age') return -Date.parse(item.createdAt)
  if (column === 'namespace' || column === 'kind') return item[column]
  return item.name
}

const compare = (a: string | number, b: string | number): number => (a === b ? 0 : a < b ? -1 : 1)

/** The order of the list where nobody chose one: the worst first. */
const worstFirst: Sort = { column: 'found', direction: 'ascending' }

export function itemsInView(
  items: readonly NetworkItem[],
  by: { readonly chosen: Chosen; readonly sort: Sort | null; readonly text: string; readonly nameOf: NameOf },
): readonly NetworkItem[] {
  const { chosen, text, nameOf } = by
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const said = (item: NetworkItem): string =>
    [
      item.name,
      item.namespace,
      item.kind,
      nameOf(item.clusterId),
      item.words,
      titleOf(item),
      item.worst?.words,
    ]
      .join(' ')
      .toLowerCase()
  const shown = items.filter(
    (item) =>
      facets.every((facet) => chosen[facet].size === 0 || chosen[facet].has(valueOf(item, facet, nameOf))) &&
      words.every((word) => said(item).includes(word)),
  )
  const { column, direction } = by.sort ?? worstFirst
  const sign = direction === 'descending' ? -1 : 1
  return shown.sort(
    (a, b) =>
      sign * compare(keyOf(a, column, nameOf), keyOf(b, column, nameOf)) ||
      compare(a.namespace, b.namespace) ||
      compare(a.name, b.name) ||
      compare(a.kind, b.kind),
  )
}
