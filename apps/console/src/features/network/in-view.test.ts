import type { NetworkItem } from '@fairlead/contracts/network'
import { describe, expect, it } from 'vitest'
import { countFacets, facets, itemsInView, type Chosen } from './in-view'

const item = (
  name: string,
  code: 'service.no_pods' | 'service.local_gap' | null,
  more = {},
): NetworkItem => ({
  clusterId: 'c1',
  kind: 'Service',
  namespace: 'shop',
  name,
  createdAt: '2026-01-01T00:00:00Z',
  words: '80',
  counts: { error: 0, warning: 0, notice: 0 },
  worst:
    code === null
      ? null
      : {
          code,
          severity: code === 'service.no_pods' ? 'error' : 'warning',
          object: { kind: 'Service', namespace: 'shop', name },
          words: 'No pod has app=web.',
          fix: '',
        },
  ...more,
})
const items = [item('fine', null), item('odd', 'service.local_gap'), item('broken', 'service.no_pods')]
const nothing = Object.fromEntries(facets.map((facet) => [facet, new Set<string>()])) as unknown as Chosen
const by = { chosen: nothing, sort: null, text: '', nameOf: () => 'staging' }
const names = (shown: readonly NetworkItem[]): string[] => shown.map(({ name }) => name)

describe('the list of entries', () => {
  it('shows the worst first, and in any other order when asked', () => {
    expect(names(itemsInView(items, by))).toEqual(['broken', 'odd', 'fine'])
    const sort = { column: 'name', direction: 'descending' } as const
    expect(names(itemsInView(items, { ...by, sort }))).toEqual(['odd', 'fine', 'broken'])
  })
  it('is narrowed by standing and by any word that is said of an entry', () => {
    expect(names(itemsInView(items, { ...by, chosen: { ...nothing, found: new Set(['fine']) } }))).toEqual([
      'fine',
    ])
    expect(names(itemsInView(items, { ...by, text: 'app=web local' }))).toEqual(['odd'])
    expect(names(itemsInView(items, { ...by, text: 'staging shop' }))).toHaveLength(3)
  })
  it('counts what each filter would let through', () => {
    expect([...countFacets(items, by.nameOf).found]).toEqual([
      ['fine', 1],
      ['warning', 1],
      ['error', 1],
    ])
  })
})
