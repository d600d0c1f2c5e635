import type { KubeObject } from '@fairlead/kube/kube-object'
import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ingest, rolloutsConcerned, storedVersions } from './ingest'
import { eventsKeptMs, ingestEvents, pruneEvents } from './ingest-events'
import { acquireLease, FencedError, releaseLease, renewLease, type Lease } from './lease'
import { summarize, type SummarizedKind } from './summarize/summarize'
import { summarizeEvent } from './summarize/event'
import { inventoryFixture, plantCluster, type InventoryFixture } from './testing/inventory-fixture'

let fixture: InventoryFixture
let names = 0
const db = () => fixture.database.db
const now = new Date('2026-01-01T12:00:00Z')
const quiet = { now, announce: false }

const leased = async (holder = 'one', ttlMs?: number): Promise<Lease> => {
  const clusterId = await plantCluster(fixture, `cluster-${names++}`)
  const lease = await acquireLease(db(), { clusterId, holder }, ttlMs)
  if (lease === null) throw new Error('a new cluster has no lease to give')
  return lease
}
const object = (kind: SummarizedKind, uid: string, rest: object = {}, metadata: object = {}) => {
  const whole: KubeObject = {
    apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
    kind,
    metadata: {
      name: uid,
      namespace: 'shop',
      uid,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...metadata,
    },
    ...rest,
  }
  return summarize(kind, whole)
}
const deployment = (generation: number, available: number, version = `${generation}.${available}`) =>
  object(
    'Deployment',
    'web',
    {
      spec: { replicas: 2 },
      status: {
        observedGeneration: generation,
        replicas: 2,
        updatedReplicas: 2,
        readyReplicas: available,
        availableReplicas: available,
        unavailableReplicas: 2 - available,
      },
    },
    { generation, resourceVersion: version },
  )
const put = (lease: Lease, ...rows: ReturnType<typeof object>[]) =>
  ingest(db(), lease, { kind: 'Pod', upserts: rows, deletes: [] }, { now, announce: true })

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
})
afterAll(() => fixture.close())

describe('a lease', () => {
  it('has one holder, and a take-over after it ran out raises the epoch', async () => {
    const first = await leased('one', 0)
    const second = await acquireLease(db(), { clusterId: first.clusterId, holder: 'two' })
    expect(second?.epoch).toBe(first.epoch + 1n)
    expect(await acquireLease(db(), { clusterId: first.clusterId, holder: 'three' })).toBeNull()
    expect(await renewLease(db(), first)).toBe(false)
    expect(second !== null && (await renewLease(db(), second))).toBe(true)
  })

  it('is taken by one only when many try at once', async () => {
    const clusterId = await plantCluster(fixture, `cluster-${names++}`)
    const tries = Array.from({ length: 8 }, (_, n) => acquireLease(db(), { clusterId, holder: `h${n}` }))
    expect((await Promise.all(tries)).filter((lease) => lease !== null)).toHaveLength(1)
  })

  it('is free at once when it was released, and epochs only grow', async () => {
    const first = await leased()
    await releaseLease(db(), first)
    const second = await acquireLease(db(), { clusterId: first.clusterId, holder: 'two' })
    expect(second?.epoch).toBe(first.epoch + 1n)
  })

  it('is not to be had for a cluster that is gone', async () => {
    const lease = await leased()
    await db().cluster.delete({ where: { id: lease.clusterId } })
    expect(await acquireLease(db(), { clusterId: lease.clusterId, holder: 'two' })).toBeNull()
    await expect(put(lease, object('Pod', 'p'))).rejects.toBeInstanceOf(FencedError)
  })
})

describe('ingest', () => {
  it('writes rows and their change rows together', async () => {
    const lease = await leased()
    await put(lease, object('Pod', 'p1'), object('Pod', 'p2'))
    await ingest(
      db(),
      lease,
      { kind: 'Pod', upserts: [], deletes: ['p2', 'never-seen'] },
      { now, announce: true },
    )
    const { clusterId } = lease
    expect([...(await storedVersions(db(), clusterId, { kind: 'Pod', namespace: null })).keys()]).toEqual([
      'p1',
    ])
    const changes = await db().change.findMany({ where: { clusterId }, orderBy: { sequence: 'asc' } })
    expect(changes.map(({ topic, op, key, kind, namespace }) => [topic, op, key, kind, namespace])).toEqual([
      ['object', 'upsert', 'p1', 'Pod', 'shop'],
      ['object', 'upsert', 'p2', 'Pod', 'shop'],
      ['object', 'delete', 'p2', 'Pod', 'shop'],
    ])
  })

  it('drops what comes under a lower epoch, whole', async () => {
    const old = await leased('one', 0)
    await put(old, object('Pod', 'p1'))
    await acquireLease(db(), { clusterId: old.clusterId, holder: 'two' })
    const late = ingest(
      db(),
      old,
      { kind: 'Pod', upserts: [object('Pod', 'p9')], deletes: ['p1'] },
      { now, announce: true },
    )
    await expect(late).rejects.toBeInstanceOf(FencedError)
    expect([...(await storedVersions(db(), old.clusterId, { kind: 'Pod', namespace: null })).keys()]).toEqual(
      ['p1'],
    )
    expect(await db().change.count({ where: { clusterId: old.clusterId } })).toBe(1)
  })

  it('makes a take-over wait for a write that is under way, so two never write at once', async () => {
    const old = await leased('one', 0)
    const rows = Array.from({ length: 500 }, (_, n) => object('Pod', `p${n}`))
    const [written, next] = await Promise.allSettled([
      ingest(db(), old, { kind: 'Pod', upserts: rows, deletes: [] }, quiet),
      acquireLease(db(), { clusterId: old.clusterId, holder: 'two' }),
    ])
    expect(next.status).toBe('fulfilled')
    const stored = (await storedVersions(db(), old.clusterId, { kind: 'Pod', namespace: null })).size
    expect(stored).toBe(written.status === 'fulfilled' ? 500 : 0)
    await expect(put(old, object('Pod', 'late'))).rejects.toBeInstanceOf(FencedError)
  })

  it('leaves an object alone whose version is stored already', async () => {
    const lease = await leased()
    await put(lease, object('Pod', 'p1'))
    expect((await put(lease, object('Pod', 'p1'))).changed).toEqual([])
    expect((await put(lease, object('Pod', 'p1', {}, { resourceVersion: '2' }))).changed).toHaveLength(1)
  })

  it('keeps the last of several states in one batch', async () => {
    const lease = await leased()
    await put(
      lease,
      object('Pod', 'p1', { status: { phase: 'Pending' } }),
      object('Pod', 'p1', { status: { phase: 'Succeeded' } }, { resourceVersion: '2' }),
    )
    const row = await db().inventoryObject.findFirstOrThrow({ where: { clusterId: lease.clusterId } })
    expect(row.state).toBe('completed')
  })

  it('stores text that PostgreSQL would refuse', async () => {
    const lease = await leased()
    const hostile = `a\u0000b\ud800c '"; DROP TABLE clusters; --`
    await put(lease, object('Pod', 'p1', { spec: { containers: [{ name: hostile, image: hostile }] } }))
    expect(await db().inventoryObject.count({ where: { clusterId: lease.clusterId } })).toBe(1)
  })

  it('finds the rollout of a workload by its label, and of its pods through their owners', async () => {
    const lease = await leased()
    const rollout = '3f0b7a9e-8a54-4c67-9a11-3a1f0b7a9e8a'
    const controlled = (uid: string) => ({
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'X', name: 'x', uid, controller: true }],
    })
    const web = object('Deployment', 'web', {}, { labels: { 'fairlead.dev/rollout': rollout } })
    const replicaSet = object('ReplicaSet', 'rs', {}, controlled('web'))
    const pod = object('Pod', 'pod', {}, controlled('rs'))
    for (const row of [web, replicaSet, pod])
      expect(await rolloutsConcerned(db(), lease, await put(lease, row))).toEqual([rollout])
    const deleted = await ingest(db(), lease, { kind: 'Pod', upserts: [], deletes: ['pod'] }, quiet)
    expect(await rolloutsConcerned(db(), lease, deleted)).toEqual([rollout])
    expect(await rolloutsConcerned(db(), lease, await put(lease, object('Pod', 'other')))).toEqual([])
  })
})

describe('episodes', () => {
  const episodes = (lease: Lease) =>
    db().episode.findMany({ where: { clusterId: lease.clusterId }, orderBy: { openedAt: 'asc' } })

  it('open when a workload departs from converged and close when it is back', async () => {
    const lease = await leased()
    await put(lease, deployment(1, 2))
    expect(await episodes(lease)).toEqual([])
    await put(lease, deployment(1, 1))
    expect(await episodes(lease)).toMatchObject([{ workloadUid: 'web', closedAt: null }])
    await put(lease, deployment(1, 2, 'again'))
    expect(await episodes(lease)).toMatchObject([{ workloadUid: 'web', closedAt: now }])
  })

  it('open when a workload is changed, and close when it is deleted', async () => {
    const lease = await leased()
    await put(lease, deployment(1, 2))
    await put(lease, deployment(2, 1))
    expect(await episodes(lease)).toMatchObject([{ reason: 'Changed: generation 1 → 2', closedAt: null }])
    await ingest(db(), lease, { kind: 'Deployment', upserts: [], deletes: ['web'] }, quiet)
    expect(await episodes(lease)).toMatchObject([{ closedAt: now }])
  })
})

describe('events', () => {
  const event = (count: number, lastTimestamp = '2026-01-01T01:00:00Z') =>
    summarizeEvent({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: 'e',
        namespace: 'shop',
        uid: 'e1',
        resourceVersion: '1',
        creationTimestamp: lastTimestamp,
      },
      count,
      lastTimestamp,
      involvedObject: { kind: 'Pod', name: 'p', uid: 'p1' },
    })

  it('are one row that goes on, and outlive the cluster’s hour until they are seven days old', async () => {
    const lease = await leased()
    const { clusterId } = lease
    expect(await ingestEvents(db(), lease, [event(1)], { now, announce: true })).toBe(1)
    expect(await ingestEvents(db(), lease, [event(1)], { now, announce: true })).toBe(0)
    expect(await ingestEvents(db(), lease, [event(2), event(5)], { now, announce: true })).toBe(1)
    expect(await db().clusterEvent.findMany({ where: { clusterId } })).toMatchObject([
      { uid: 'e1', count: 5 },
    ])
    const lastAt = Date.parse('2026-01-01T01:00:00Z')
    expect(await pruneEvents(db(), new Date(lastAt + eventsKeptMs))).toBe(0)
    expect(await pruneEvents(db(), new Date(lastAt + eventsKeptMs + 1))).toBe(1)
  })
})
