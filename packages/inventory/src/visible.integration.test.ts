import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Call } from '@fairlead/kernel/context'
import { ingest } from './ingest'
import { ingestEvents } from './ingest-events'
import { acquireLease } from './lease'
import { objectRows } from './object-rows'
import { summarizeEvent } from './summarize/event'
import { summarize, type SummarizedKind } from './summarize/summarize'
import { callAs, inventoryFixture, plantCluster, type InventoryFixture } from './testing/inventory-fixture'
import { loadVisibility } from './visible'

let fixture: InventoryFixture
let one: string
let two: string
/** A viewer of the project `shop`, which covers the namespace shop of the first cluster. */
let shopper: Call
/** A viewer of a project that covers the whole second cluster. */
let owner: Call
const stranger = callAs([])

const metadata = (uid: string, name: string, namespace?: string) => ({
  uid,
  name,
  resourceVersion: '1',
  creationTimestamp: '2026-01-01T00:00:00Z',
  ...(namespace === undefined ? {} : { namespace }),
})

async function fill(clusterId: string, prefix: string): Promise<void> {
  const lease = await acquireLease(fixture.database.db, { clusterId, holder: 'test' })
  if (lease === null) throw new Error('no lease')
  const object = (kind: SummarizedKind, name: string, namespace?: string) =>
    summarize(kind, {
      apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
      kind,
      metadata: {
        ...metadata(`${prefix}-${kind}-${name}-${namespace}`, name, namespace),
        labels:
          kind === 'Deployment'
            ? { 'fairlead.dev/application': 'checkout', 'fairlead.dev/stage': 'staging' }
            : {},
      },
    })
  const upserts = [
    object('Node', 'node'),
    object('Namespace', 'shop'),
    ...['shop', 'bank'].flatMap((namespace) => [
      object('Pod', 'pod-1', namespace),
      object('Pod', 'pod-2', namespace),
      object('Deployment', 'web', namespace),
    ]),
  ]
  await ingest(
    fixture.database.db,
    lease,
    { kind: 'Pod', upserts, deletes: [] },
    { now: new Date(), announce: false },
  )
  const events = ['shop', 'bank'].map((namespace) =>
    summarizeEvent({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: metadata(`${prefix}-e-${namespace}`, 'e', namespace),
      involvedObject: { kind: 'Pod', name: 'pod-1' },
    }),
  )
  await ingestEvents(fixture.database.db, lease, events, { now: new Date(), announce: false })
}

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  one = await plantCluster(fixture, 'one')
  two = await plantCluster(fixture, 'two')
  await fill(one, 'one')
  await fill(two, 'two')
  const project = async (name: string, clusterId: string, namespace: string) =>
    fixture.database.db.project.create({ data: { name, destinations: { create: { clusterId, namespace } } } })
  shopper = callAs([{ projectId: (await project('shop', one, 'shop')).id, role: 'viewer' }])
  owner = callAs([{ projectId: (await project('all', two, '*')).id, role: 'viewer' }])
})
afterAll(() => fixture.close())

const list = async (call: Call | undefined, input: object = {}) =>
  fixture.ask('object.list', { kinds: ['Pod', 'Node', 'Event'], ...input }, call)
const places = (rows: readonly { uid: string }[]) => rows.map(({ uid }) => uid).sort()

describe('who sees what', () => {
  it('shows everything to a role on the whole installation', async () => {
    const { rows, total, truncated, clusters } = await list(undefined)
    expect([rows.length, total, truncated, clusters.length]).toEqual([14, 14, false, 2])
  })

  it('shows a project what its destinations cover, and the nodes of their clusters', async () => {
    const { rows, clusters } = await list(shopper)
    expect(places(rows)).toEqual([
      'one-Node-node-undefined',
      'one-Pod-pod-1-shop',
      'one-Pod-pod-2-shop',
      'one-e-shop',
    ])
    expect(clusters.map(({ name }) => name)).toEqual(['one'])
  })

  it('shows every namespace of a cluster to a project that has all of it, and no other cluster', async () => {
    const { rows } = await list(owner)
    expect(rows).toHaveLength(7)
    expect(rows.every((row) => row.clusterId === two)).toBe(true)
  })

  it('shows nothing to someone without a role', async () => {
    await expect(list(stranger)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('answers "not yours" as it answers "none"', async () => {
    const missing = { cluster: one, kind: 'Deployment', namespace: 'shop', name: 'none' } as const
    const errors = await Promise.all(
      [
        fixture.ask('workload.get', { ...missing, namespace: 'bank', name: 'web' }, shopper),
        fixture.ask('workload.get', missing, shopper),
        fixture.ask('workload.logs', { ...missing, namespace: 'bank', name: 'web' }, shopper),
        fixture.ask('object.yaml', { ...missing, namespace: 'bank', name: 'web' }, shopper),
        fixture.ask('object.yaml', { ...missing, kind: 'Deployment', namespace: null }, shopper),
      ].map((asked) => asked.catch((error: unknown) => error)),
    )
    for (const error of errors)
      expect(error).toMatchObject({
        code: 'not_found',
        message: 'There is no such object, or you may not see it.',
      })
    await expect(fixture.ask('cluster.get', { cluster: 'two' }, shopper)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(fixture.ask('cluster.get', { cluster: 'none' }, shopper)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(fixture.ask('object.events', { cluster: two }, shopper)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('counts on cards only what the viewer sees', async () => {
    const { clusters } = await fixture.ask('fleet.get', {}, shopper)
    expect(clusters).toMatchObject([{ name: 'one', workloads: { converging: 1 }, nodes: { total: 1 } }])
    const all = await fixture.ask('fleet.get', {})
    expect(all.clusters.map((card) => card.workloads.converging)).toEqual([2, 2])
  })

  it('shows events and a workload of one’s own', async () => {
    expect(await fixture.ask('object.events', { cluster: one }, shopper)).toHaveLength(1)
    const detail = await fixture.ask(
      'workload.get',
      { cluster: one, kind: 'Deployment', namespace: 'shop', name: 'web' },
      shopper,
    )
    expect(detail.row.name).toBe('web')
    expect(detail.managedBy).toEqual({
      project: 'shop',
      application: 'checkout',
      stage: 'staging',
      rolloutId: '',
    })
    expect((await fixture.ask('cluster.get', { cluster: 'one' }, shopper)).namespaces).toMatchObject([
      { name: 'shop', pods: 2, workloads: 1 },
    ])
  })

  it('knows a namespace that may not be listed by what is seen in it', async () => {
    const { namespaces } = await fixture.ask('cluster.get', { cluster: 'one' })
    expect(namespaces).toEqual([
      { name: 'bank', status: null, createdAt: null, pods: 2, workloads: 1 },
      { name: 'shop', status: '', createdAt: '2026-01-01T00:00:00.000Z', pods: 2, workloads: 1 },
    ])
  })

  it('is the same for live screens, object by object', async () => {
    const visibility = await loadVisibility(fixture.database.db, shopper.actor)
    const { rows } = await list(undefined)
    const seen = rows.filter((row) => visibility.sees(row.clusterId, row.namespace))
    expect(places(seen)).toEqual(places((await list(shopper)).rows))
    expect([visibility.seesCluster(one), visibility.seesCluster(two)]).toEqual([true, false])
    const again = await objectRows(fixture.database.db, [...rows, { clusterId: one, uid: 'gone' }])
    expect(again.toSorted((a, b) => (a.uid < b.uid ? -1 : 1))).toEqual(
      rows.toSorted((a, b) => (a.uid < b.uid ? -1 : 1)),
    )
  })
})

describe('a list', () => {
  it.each([
    ['a namespace', { namespace: 'bank' }, 6],
    ['one cluster', { kinds: ['Pod'], clusters: 'one' }, 4],
    ['a part of a name, in any case', { search: 'BANK/pod-1' }, 2],
    ['a wildcard taken by its letter', { search: 'pod_1' }, 0],
    ['a state that no pod has', { state: 'converged' }, 0],
  ])('is narrowed by %s', async (_name, input, count) => {
    const { clusters, ...rest } = { clusters: undefined, ...input }
    const { rows } = await list(undefined, clusters === undefined ? rest : { ...rest, clusters: [one] })
    expect(rows).toHaveLength(count)
  })

  it('says when it was cut, and how long it would have been', async () => {
    const { rows, truncated, total } = await list(undefined, { kinds: ['Pod'], limit: 3 })
    expect([rows.length, truncated, total]).toEqual([3, true, 8])
  })
})
