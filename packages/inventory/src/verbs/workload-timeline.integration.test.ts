import crypto from 'node:crypto'
import type { ClusterId } from '@fairlead/contracts/ids'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noteGap } from '../episodes'
import { ingest } from '../ingest'
import { ingestEvents } from '../ingest-events'
import { acquireLease, type Lease } from '../lease'
import { summarize } from '../summarize/summarize'
import type { SeenEvent } from '../summarize/event'
import { callAs, inventoryFixture, plantCluster, type InventoryFixture } from '../testing/inventory-fixture'

// What a watcher would have stored of one rollout, through the same ingest, on a real database.
const start = Date.UTC(2026, 0, 1, 12)
const at = (second: number): Date => new Date(start + second * 1000)
const iso = (second: number): string => at(second).toISOString().replace('.000Z', 'Z')
const uids = { web: crypto.randomUUID(), set: crypto.randomUUID(), pod: crypto.randomUUID() }
let version = 0

let fixture: InventoryFixture
let lease: Lease
let clusterId = ''

type Made = Pick<KubeObject, 'kind' | 'apiVersion'> & { readonly name: string; readonly uid?: string }
const object = (
  { kind, apiVersion, name, uid = crypto.randomUUID() }: Made,
  rest: { readonly metadata?: object; readonly [field: string]: unknown },
): KubeObject => ({
  apiVersion,
  kind,
  ...rest,
  metadata: {
    name,
    uid,
    namespace: 'shop',
    resourceVersion: String(++version),
    creationTimestamp: iso(0),
    ...rest.metadata,
  },
})
const ownedBy = (uid: string) => [{ apiVersion: 'apps/v1', kind: 'x', name: 'x', uid, controller: true }]

const deployment = (generation: number, isDone: boolean): KubeObject =>
  object(
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: uids.web },
    {
      metadata: { generation },
      spec: { replicas: 1, selector: { matchLabels: { app: 'web' } } },
      status: {
        observedGeneration: generation,
        replicas: 1,
        updatedReplicas: isDone ? 1 : 0,
        readyReplicas: 1,
        availableReplicas: isDone ? 1 : 0,
        conditions: [
          {
            type: 'Progressing',
            status: 'True',
            reason: isDone ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
          },
          { type: 'Available', status: 'True' },
        ],
      },
    },
  )

async function see(kind: Parameters<typeof summarize>[0], seen: KubeObject, second: number): Promise<void> {
  const batch = { kind, upserts: [summarize(kind, seen)], deletes: [] }
  await ingest(fixture.sql, lease, batch, { now: at(second), announce: false })
}

const event = (reason: string, second: number): SeenEvent => ({
  uid: crypto.randomUUID(),
  resourceVersion: '1',
  namespace: 'shop',
  name: `${reason}.1`,
  type: 'Normal',
  reason,
  message: '',
  objectKind: 'Pod',
  objectName: 'web-1-a',
  objectUid: uids.pod,
  count: 1,
  firstAt: iso(second),
  lastAt: iso(second),
  source: 'kubelet',
})

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  clusterId = await plantCluster(fixture, 'alpha')
  const taken = await acquireLease(fixture.database.db, { clusterId, holder: 'test' })
  if (taken === null) throw new Error('the lease is taken')
  lease = taken
  await see('Deployment', deployment(1, true), -100)
  await see('Deployment', deployment(2, false), 0)
  const set = object(
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: uids.set },
    { metadata: { ownerReferences: ownedBy(uids.web) } },
  )
  await see('ReplicaSet', set, 1)
  const condition = (type: string, second: number) => ({
    type,
    status: 'True',
    lastTransitionTime: iso(second),
  })
  const pod = object(
    { apiVersion: 'v1', kind: 'Pod', name: 'web-1-a', uid: uids.pod },
    {
      metadata: {
        creationTimestamp: iso(1),
        labels: { app: 'web' },
        ownerReferences: ownedBy(uids.set),
      },
      status: { phase: 'Running', conditions: [condition('PodScheduled', 2), condition('Ready', 6)] },
    },
  )
  await see('Pod', pod, 7)
  await see(
    'Service',
    object({ apiVersion: 'v1', kind: 'Service', name: 'web' }, { spec: { selector: { app: 'web' } } }),
    -100,
  )
  const slice = object(
    { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', name: 'web-x' },
    {
      addressType: 'IPv4',
      endpoints: [
        {
          addresses: ['10.0.0.1'],
          conditions: { ready: true },
          targetRef: { kind: 'Pod', name: 'web-1-a' },
        },
      ],
    },
  )
  await see('EndpointSlice', slice, 7)
  await ingestEvents(fixture.sql, lease, [event('Pulled', 4), event('Started', 5)], {
    now: at(8),
    announce: false,
  })
  await see('Deployment', deployment(2, true), 8)
})
afterAll(() => fixture.close())

const timeline = (call?: Parameters<InventoryFixture['ask']>[2]) =>
  fixture.ask(
    'workload.timeline',
    { cluster: clusterId as ClusterId, kind: 'Deployment', namespace: 'shop', name: 'web' },
    call,
  )

describe('the timeline of a workload', () => {
  it('tells each stage of an episode from what the watch stored', async () => {
    const { episodes, times } = await timeline()
    expect(episodes).toHaveLength(1)
    const [episode] = episodes
    expect(episode).toMatchObject({
      openedAt: at(0).toISOString(),
      closedAt: at(8).toISOString(),
      durationMs: 8_000,
      reason: 'Changed: generation 1 → 2',
    })
    const seconds = episode?.stages.map(({ stage, at: time }) => [
      stage,
      time === null ? null : (Date.parse(time) - start) / 1000,
    ])
    expect(seconds).toEqual([
      ['accepted', 1],
      ['scheduled', 2],
      ['pulled', 4],
      ['started', 5],
      ['ready', 6],
      ['endpoint', 7],
    ])
    expect(times).toMatchObject({ episodes: 1, p50Ms: 8_000, unobserved: 0 })
  })

  it('is found by nobody who may not see the workload', async () => {
    const stranger = callAs([{ projectId: crypto.randomUUID(), role: 'viewer' }])
    await expect(timeline(stranger)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('leaves open what happened while nobody looked', async () => {
    await see('Deployment', deployment(3, false), 20)
    await fixture.sql.$transaction((tx) => noteGap(tx, lease, { from: at(21), to: at(40) }))
    await see('Deployment', deployment(3, true), 50)
    const { episodes, times } = await timeline()
    expect(episodes[0]).toMatchObject({
      reason: 'Changed: generation 2 → 3',
      durationMs: null,
      gaps: [{ from: at(21).toISOString(), to: at(40).toISOString() }],
    })
    const unknown = episodes[0]?.segments.filter(({ stage }) => stage === null) ?? []
    expect(unknown.some(({ from, to }) => from <= at(21).toISOString() && to >= at(40).toISOString())).toBe(
      true,
    )
    expect(times).toMatchObject({ episodes: 1, unobserved: 1 })
  })
})
