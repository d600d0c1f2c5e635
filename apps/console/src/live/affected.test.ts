import type { ObjectRow } from '@fairlead/contracts/inventory'
import { changeTopics } from '@fairlead/contracts/live'
import { surface } from '@fairlead/contracts/surface'
import { describe, expect, test } from 'vitest'
import { affectedBy, concernsKey, concernsObject } from './affected'
import type { ObjectChange } from './object-lists'

const cluster = '11111111-1111-4111-8111-111111111111'
const change = (more: Partial<ObjectRow>): ObjectChange => {
  const row = {
    uid: 'p1',
    clusterId: cluster,
    kind: 'Pod',
    namespace: 'shop',
    name: 'web-1',
    ownerUid: 'rs1',
    cells: {},
    ...more,
  } as ObjectRow
  return { topic: 'object', op: 'upsert', uid: row.uid, clusterId: row.clusterId, kind: row.kind, row }
}
const workload = {
  name: 'workload.get',
  input: { cluster, kind: 'Deployment', namespace: 'shop', name: 'web' },
  data: {
    row: { uid: 'd1', clusterId: cluster, namespace: 'shop', name: 'web' },
    revisions: [{ uid: 'rs1' }],
    pods: [{ uid: 'p1' }],
  },
}

describe('what a change makes old', () => {
  test('every topic but objects names queries that exist', () => {
    expect(Object.keys(affectedBy).sort()).toEqual(changeTopics.filter((topic) => topic !== 'object').sort())
    for (const name of Object.values(affectedBy).flat()) expect(surface[name].kind).toBe('query')
  })

  test('an answer about another cluster or rollout stays', () => {
    const other = '22222222-2222-4222-8222-222222222222'
    const asked = { name: 'cluster.get', input: { cluster: 'staging' }, data: { cluster: { id: cluster } } }
    expect(concernsKey('cluster', cluster, asked)).toBe(true)
    expect(concernsKey('cluster', other, asked)).toBe(false)
    expect(concernsKey('cluster', other, workload)).toBe(false)
    const rollout = { name: 'rollout.get', input: { rollout: cluster }, data: undefined }
    expect(concernsKey('rollout', other, rollout)).toBe(false)
  })

  test('a workload’s page follows its own pods, ReplicaSets and events, and no others', () => {
    expect(concernsObject(change({}), workload)).toBe(true)
    expect(concernsObject(change({ uid: 'd1', kind: 'Deployment', ownerUid: null }), workload)).toBe(true)
    expect(concernsObject(change({ uid: 'x', ownerUid: 'rs9' }), workload)).toBe(false)
    expect(concernsObject(change({ clusterId: 'elsewhere' }), workload)).toBe(false)
    const event = { uid: 'e', kind: 'Event' as const, ownerUid: null }
    expect(concernsObject(change({ ...event, cells: { Object: 'pod/web-1' } }), workload)).toBe(true)
    expect(concernsObject(change({ ...event, cells: { Object: 'pod/cart-1' } }), workload)).toBe(false)
  })

  test('why a pod does not run follows that pod and what is said of it', () => {
    const data = { cluster: { id: cluster }, namespace: 'shop', pod: 'web-1', uid: 'p1' }
    const asked = { name: 'pod.why', input: { cluster, namespace: 'shop', pod: 'web-1' }, data }
    expect(concernsObject(change({}), asked)).toBe(true)
    expect(concernsObject(change({ uid: 'p2', name: 'web-2' }), asked)).toBe(false)
    expect(concernsObject(change({ clusterId: 'elsewhere' }), asked)).toBe(false)
    const event = { uid: 'e', kind: 'Event' as const, ownerUid: null }
    expect(concernsObject(change({ ...event, cells: { Object: 'pod/web-1' } }), asked)).toBe(true)
    expect(concernsObject(change({ ...event, cells: { Object: 'pod/web-10' } }), asked)).toBe(false)
  })

  test('sums over the fleet follow workloads and nodes', () => {
    const fleet = { name: 'fleet.get', input: {}, data: { clusters: [] } }
    expect(concernsObject(change({ kind: 'Deployment' }), fleet)).toBe(true)
    expect(concernsObject(change({ kind: 'Event' }), fleet)).toBe(false)
  })
})
