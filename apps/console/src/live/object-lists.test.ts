import type { ObjectList, ObjectRow } from '@fairlead/contracts/inventory'
import { describe, expect, test } from 'vitest'
import { patchList, type ObjectChange } from './object-lists'

const row = (uid: string, more: Partial<ObjectRow> = {}): ObjectRow => ({
  uid,
  clusterId: 'c1',
  kind: 'Pod',
  namespace: 'shop',
  name: `web-${uid}`,
  createdAt: '2026-01-01T00:00:00Z',
  observedAt: '2026-01-01T00:00:10Z',
  cells: { Status: 'Running' },
  verdict: null,
  images: [],
  labels: { app: 'web' },
  ownerUid: null,
  ...more,
})
const list = (...rows: ObjectRow[]): ObjectList => ({
  rows,
  total: rows.length,
  truncated: false,
  denied: [],
  clusters: [],
})
const upsert = (changed: ObjectRow): ObjectChange => ({
  topic: 'object',
  op: 'upsert',
  uid: changed.uid,
  clusterId: changed.clusterId,
  kind: changed.kind,
  row: changed,
})
const gone = (uid: string): ObjectChange => ({
  topic: 'object',
  op: 'delete',
  uid,
  clusterId: 'c1',
  kind: 'Pod',
})
const later = '2026-01-01T00:00:20Z'
const uids = (result: ObjectList) => result.rows.map(({ uid }) => uid).sort()

describe('a cached list follows changes as the server would answer', () => {
  const pods = { kinds: ['Pod' as const] }

  test('a changed row is replaced, the others stay the very same', () => {
    const before = list(row('a'), row('b'))
    const after = patchList(before, pods, [upsert(row('b', { observedAt: later, labels: {} }))])
    expect(after.rows[0]).toBe(before.rows[0])
    expect(after.rows[1]?.observedAt).toBe(later)
    expect(after.total).toBe(2)
  })

  test('rows come and go, also several times and after one another', () => {
    const first = patchList(list(row('a'), row('b'), row('c')), pods, [gone('a'), upsert(row('d'))])
    expect(uids(first)).toEqual(['b', 'c', 'd'])
    const second = patchList(first, pods, [gone('c'), gone('d'), upsert(row('a'))])
    expect(uids(second)).toEqual(['a', 'b'])
    expect(second.total).toBe(2)
  })

  test('a row that stops matching the filters leaves, one that starts to comes', () => {
    const input = { ...pods, namespace: 'shop', search: 'WEB', labels: { app: 'web' } }
    const before = list(row('a'))
    expect(uids(patchList(before, input, [upsert(row('a', { observedAt: later, labels: {} }))]))).toEqual([])
    expect(uids(patchList(before, input, [upsert(row('b', { namespace: 'other' }))]))).toEqual(['a'])
    expect(uids(patchList(before, input, [upsert(row('b'))]))).toEqual(['a', 'b'])
  })

  test('an older observation never overwrites a newer one', () => {
    const before = list(row('a', { observedAt: later }))
    expect(patchList(before, pods, [upsert(row('a'))])).toBe(before)
  })

  test('what does not concern the list leaves it untouched', () => {
    const before = list(row('a'))
    const service = upsert(row('s', { kind: 'Service' }))
    const elsewhere = upsert(row('x', { clusterId: 'c2' }))
    expect(patchList(before, pods, [service])).toBe(before)
    expect(patchList(before, { ...pods, clusters: ['c1' as never] }, [elsewhere])).toBe(before)
  })

  test('a list cut by its limit counts new rows without taking them', () => {
    const before = { ...list(row('a')), truncated: true, total: 9 }
    const after = patchList(before, pods, [upsert(row('b'))])
    expect(uids(after)).toEqual(['a'])
    expect(after.total).toBe(10)
  })
})
