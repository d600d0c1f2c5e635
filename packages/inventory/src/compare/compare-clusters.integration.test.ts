import type { ComparisonView } from '@fairlead/contracts/comparison'
import type { WatchedKind } from '@fairlead/contracts/kinds'
import { watchedKindNames } from '@fairlead/contracts/kinds'
import type { Call } from '@fairlead/kernel/context'
import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ingest } from '../ingest'
import { acquireLease } from '../lease'
import { summarize, type SummarizedKind } from '../summarize/summarize'
import { callAs, inventoryFixture, plantCluster, type InventoryFixture } from '../testing/inventory-fixture'

// Two clusters as their watchers would have left them, on a real database.
let fixture: InventoryFixture
const ids = { left: '', right: '' }

interface Planted {
  readonly kind: SummarizedKind
  readonly name: string
  readonly namespace?: string
  readonly body?: object
}
const node = (version: string): object => ({
  status: {
    nodeInfo: {
      kubeletVersion: version,
      osImage: 'Debian 12',
      containerRuntimeVersion: 'containerd://1.6.20',
    },
    allocatable: { cpu: '2', memory: '4Gi', pods: '110' },
  },
})
const storage = (provisioner: string): object => ({ provisioner, reclaimPolicy: 'Delete' })
const planted = (change: { readonly version: string; readonly storage: string }): Planted[] => [
  { kind: 'Node', name: 'node-1', body: node(change.version) },
  { kind: 'StorageClass', name: 'standard', body: storage(change.storage) },
  { kind: 'Namespace', name: 'shop' },
  { kind: 'Deployment', name: 'web', namespace: 'shop', body: { spec: { replicas: 0 } } },
]

async function fill(clusterId: string, objects: readonly Planted[]): Promise<void> {
  const { db } = fixture.database
  const lease = await acquireLease(db, { clusterId, holder: 'test' })
  if (lease === null) throw new Error('the lease is taken')
  const upserts = objects.map(({ kind, name, namespace, body }) =>
    summarize(kind, {
      apiVersion: 'v1',
      kind,
      ...body,
      metadata: {
        name,
        uid: `${clusterId}-${kind}-${name}`,
        resourceVersion: '1',
        creationTimestamp: '2026-01-01T00:00:00Z',
        labels: kind === 'Node' ? { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' } : {},
        ...(namespace === undefined ? {} : { namespace }),
      },
    }),
  )
  await ingest(db, lease, { kind: 'Deployment', upserts, deletes: [] }, { now: new Date(), announce: false })
}

const sourceIs = (clusterId: string, kind: WatchedKind, state: string) =>
  fixture.database.db.clusterSource.upsert({
    where: { clusterId_kind_namespace: { clusterId, kind, namespace: '' } },
    create: { clusterId, kind, state, syncedAt: new Date() },
    update: { state },
  })

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  const { db } = fixture.database
  ids.left = await plantCluster(fixture, 'left')
  ids.right = await plantCluster(fixture, 'right')
  for (const id of [ids.left, ids.right]) {
    await db.cluster.update({ where: { id }, data: { version: 'v1.35.4' } })
    for (const kind of watchedKindNames) await sourceIs(id, kind, 'live')
  }
  await fill(ids.left, planted({ version: 'v1.35.4', storage: 'ebs.csi.aws.com' }))
  await fill(ids.right, [
    ...planted({ version: 'v1.34.0', storage: 'efs.csi.aws.com' }),
    { kind: 'Deployment', name: 'cart', namespace: 'shop', body: { spec: { replicas: 0 } } },
    { kind: 'Namespace', name: 'bank' },
  ])
})
afterAll(() => fixture.close())

const compare = (left = 'left', right = 'right', call?: Call): Promise<ComparisonView> =>
  fixture.ask('fleet.compare', { left: { cluster: left }, right: { cluster: right } }, call)
const fieldsIn = ({ objects }: ComparisonView): string[] =>
  objects.flatMap(({ kind, name, outcome, differences }) =>
    outcome === 'different'
      ? differences.map(({ path, left, right }) => `${kind}/${name} ${path}: ${left} | ${right}`)
      : [`${kind}/${name} ${outcome}`],
  )

describe('two clusters', () => {
  it('are compared as they were last seen, without being asked', async () => {
    const view = await compare()
    expect(view).toMatchObject({ read: 'stored', leftOut: [], left: { namespace: null } })
    expect(fieldsIn(view)).toEqual([
      'Kubernetes/version equal',
      'Namespace/bank right',
      'Namespace/shop objects.Deployment: 1 | 2',
      'Nodes/all version["v1.34.0"]: null | 1',
      'Nodes/all version["v1.35.4"]: 1 | null',
      'StorageClass/standard provisioner: ebs.csi.aws.com | efs.csi.aws.com',
    ])
  })

  it('are equal to themselves', async () => {
    expect((await compare('left', 'left')).counts).toMatchObject({ different: 0, left: 0, right: 0 })
  })

  it('are not compared by what one of them has not told, and say so', async () => {
    await sourceIs(ids.right, 'StorageClass', 'forbidden')
    await sourceIs(ids.right, 'Node', 'forbidden')
    const view = await compare()
    expect(view.leftOut).toEqual(['Not read in right: Node, StorageClass'])
    expect(view.objects.map(({ kind }) => kind)).not.toContain('StorageClass')
    expect(view.objects.map(({ kind }) => kind)).not.toContain('Nodes')
  })

  it('show nobody a namespace that is not theirs on both, nor a cluster that is not theirs', async () => {
    const destinations = [
      { clusterId: ids.left, namespace: 'shop' },
      { clusterId: ids.right, namespace: 'bank' },
    ]
    const project = await fixture.database.db.project.create({
      data: { name: 'mixed', destinations: { create: destinations } },
    })
    const view = await compare('left', 'right', callAs([{ projectId: project.id, role: 'viewer' }]))
    expect(view.objects.filter(({ kind }) => kind === 'Namespace')).toEqual([])
    expect(view.leftOut).toContain('Namespaces that you may not see in both clusters')
    const one = await fixture.database.db.project.create({
      data: { name: 'one', destinations: { create: { clusterId: ids.left, namespace: '*' } } },
    })
    const viewer = callAs([{ projectId: one.id, role: 'viewer' }])
    await expect(compare('left', 'right', viewer)).rejects.toMatchObject({ code: 'not_found' })
  })
})
