import type { ObjectRow } from '@fairlead/contracts/inventory'
import { describe, expect, test } from 'vitest'
import { ordered } from './row-order'

const row = (uid: string, cells: Record<string, string> = {}): ObjectRow => ({
  uid,
  clusterId: 'c',
  kind: 'Pod',
  namespace: 'shop',
  name: uid,
  createdAt: '2026-01-01T00:00:00Z',
  observedAt: '2026-01-01T00:00:00Z',
  cells,
  verdict: null,
  images: [],
  labels: {},
  ownerUid: null,
})
const clusterName = (id: string) => id
const uids = (rows: readonly ObjectRow[]) => rows.map(({ uid }) => uid)

describe('rows stand in the order that was asked for', () => {
  test('numbers sort as numbers, whatever follows them', () => {
    const rows = [
      row('a', { Restarts: '10' }),
      row('b', { Restarts: '9 (2m ago)' }),
      row('c', { Restarts: '0' }),
    ]
    const sort = { column: 'Restarts', direction: 'descending' } as const
    expect(uids(ordered(rows, [], { sort, clusterName }))).toEqual(['a', 'b', 'c'])
  })

  test('without a column they go by name', () => {
    expect(uids(ordered([row('b'), row('a')], [], { sort: null, clusterName }))).toEqual(['a', 'b'])
  })

  test('the last order does not change the result, nor keep what is gone', () => {
    const rows = [row('c'), row('a'), row('d')]
    const previous = [row('d'), row('gone'), row('a')]
    const fresh = ordered(rows, previous, { sort: null, clusterName })
    expect(uids(fresh)).toEqual(['a', 'c', 'd'])
    expect(fresh[0]).toBe(rows[1])
  })
})
