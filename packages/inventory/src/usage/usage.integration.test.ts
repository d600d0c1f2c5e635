import crypto from 'node:crypto'
import type { UsageState } from '@fairlead/contracts/usage'
import { applyObject } from '@fairlead/kube/apply'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { readUsage } from '@fairlead/kube/usage'
import { createTestDatabase } from '@fairlead/testkit/database'
import { digestOf, joinDigests, type UsageDigest } from '@fairlead/insight/usage/digest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acquireLease, releaseLease, type Lease } from '../lease'
import {
  adminClient,
  callAs,
  eventually,
  inventoryFixture,
  testKubeconfig,
  type InventoryFixture,
} from '../testing/inventory-fixture'
import { startMetricsServer, type MetricsServer } from '../testing/metrics-server'
import { watching } from '../testing/watching'
import { judgeUsage } from './judge-usage'
import { pruneUsage, writeUsage } from './write-usage'

// What serves metrics.k8s.io here is not metrics-server but a small HTTPS server of this test behind a real APIService:
// the API server aggregates it, checks that it is available, and proxies to it.
const namespace = `usage-${crypto.randomBytes(4).toString('hex')}`
const mebi = 2 ** 20
let fixture: InventoryFixture
let admin: KubeClient
let client: KubeClient
let metrics: MetricsServer
let clusterId = ''
let pod = ''
/** One moment for all: a day that ends meanwhile must not change what is expected. */
let measured: Date
let lease: Lease

const apply = (object: Parameters<typeof applyObject>[1]) =>
  applyObject(admin, object, { fieldManager: 'test' })
const deployment = (cpu: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        automountServiceAccountToken: false,
        containers: [
          {
            name: 'main',
            image: 'registry.example.org/a:1',
            resources: { requests: { cpu, memory: '128Mi' }, limits: { memory: '256Mi' } },
          },
        ],
      },
    },
  },
})
const ref = () => ({ cluster: clusterId, kind: 'Deployment' as const, namespace, name: 'web' })
const usage = () => fixture.ask('workload.usage', ref())
const sample = async (now: Date): Promise<number> =>
  writeUsage({ db: fixture.database.db, lease, now }, await readUsage(client, new AbortController().signal))
const sourceState = async (): Promise<UsageState | undefined> =>
  (await fixture.ask('cluster.get', { cluster: clusterId })).usage?.state

/** What a week of samples before this test would have left; only today's are measured by it. */
async function plantDays(workloadUid: string, now: Date): Promise<void> {
  const days = [3, 2, 1].map((ago) => new Date(now.getTime() - ago * 86_400_000))
  for (const day of days) {
    const digest = Array.from({ length: 200 }, (_, minute) =>
      digestOf({
        at: new Date(day.getTime() + minute * 1_000).toISOString(),
        cpuMillis: 60,
        memoryBytes: 100 * mebi,
      }),
    ).reduce<UsageDigest | null>((sum, one) => (sum === null ? one : joinDigests(sum, one)), null)
    if (digest === null) throw new Error('no sample')
    const { cpu, memory, ...rest } = digest
    await fixture.database.db.usageDigest.create({
      data: {
        clusterId,
        workloadUid,
        container: 'main',
        day,
        ...rest,
        cpu: { ...cpu },
        memory: { ...memory },
      },
    })
  }
}

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  admin = adminClient(process.env)
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  await apply(deployment('2'))
  const kubeconfig = testKubeconfig(process.env, 'FAIRLEAD_TEST_KUBECONFIG')
  clusterId = (await fixture.ask('cluster.register', { name: 'measured', kubeconfig })).id
  // The loop of the watcher says by itself that there is no metrics API; what follows is sampled by hand, turn by turn.
  const watch = await watching(fixture, clusterId)
  await eventually('an answer about use', async () => (await sourceState()) !== undefined)
  pod = await eventually('a pod on a node', async () => {
    const { pods } = await fixture.ask('workload.get', ref())
    return pods.find(({ nodeName }) => nodeName !== null)?.name
  })
  await watch.stop()
  lease = await eventually('a free lease', () =>
    acquireLease(fixture.database.db, { clusterId, holder: 'test' }, 600_000),
  )
  client = await fixture.connections.clientOf(clusterId)
}, 240_000)
afterAll(async () => {
  await metrics.stop()
  await releaseLease(fixture.database.db, lease)
  await admin.request({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` })
  admin.close()
  await fixture.close()
})

describe('use', { timeout: 180_000 }, () => {
  it('is absent, and not 0, in a cluster without a metrics API', async () => {
    expect(await sourceState()).toBe('absent')
    const view = await usage()
    expect(view.source).toMatchObject({ state: 'absent', words: expect.stringContaining('metrics-server') })
    expect(view.pods).toEqual([{ pod, sample: null }])
    expect(view.containers[0]?.resources.map(({ verdict, p95 }) => [verdict, p95])).toEqual([
      ['not_enough', null],
      ['not_enough', null],
    ])
    const { nodes } = await fixture.ask('cluster.get', { cluster: clusterId })
    expect(nodes.map((node) => node.usage)).not.toContainEqual(expect.anything())
  })

  it('is measured once per window, with its time, for nodes and pods that were measured', async () => {
    metrics = await startMetricsServer(admin, namespace)
    await metrics.available()
    const [node] = (await fixture.ask('cluster.get', { cluster: clusterId })).nodes
    const at = new Date()
    measured = at
    metrics.say({
      pods: [{ namespace, name: pod, at, containers: [{ name: 'main', cpu: '61000000n', memory: '100Mi' }] }],
      nodes: [{ name: node?.name ?? '', at, cpu: '1500m', memory: '3Gi' }],
    })
    expect([await sample(at), await sample(at)]).toEqual([1, 0])
    const view = await usage()
    expect(view.source?.state).toBe('read')
    expect(view.pods).toEqual([
      { pod, sample: { at: at.toISOString(), windowSeconds: 15, cpuMillis: 61, memoryBytes: 100 * mebi } },
    ])
    expect(view.containers[0]?.resources[0]).toMatchObject({ verdict: 'not_enough', peak: 61 })
    expect(view.containers[0]?.resources[0]?.words).toContain('1 sample over')
    const { nodes } = await fixture.ask('cluster.get', { cluster: clusterId })
    expect(nodes.filter((each) => each.usage !== null).map((each) => [each.name, each.usage])).toEqual([
      [node?.name, { at: at.toISOString(), windowSeconds: 15, cpuMillis: 1_500, memoryBytes: 3 * 2 ** 30 }],
    ])
  })

  it('is judged against the requests once enough was seen, and the check can be waived', async () => {
    const now = measured
    const { row } = await fixture.ask('workload.get', ref())
    await plantDays(row.uid, now)
    expect((await usage()).containers[0]?.resources).toMatchObject([
      { resource: 'cpu', verdict: 'over', request: 2_000, proposed: 70 },
      { resource: 'memory', verdict: 'fits', peak: 100 * mebi, proposed: null },
    ])
    await judgeUsage(fixture.database.db, lease, { now, written: '' })
    const found = async (waived: boolean) =>
      (await fixture.ask('check.list', { check: 'request-accuracy', waived })).findings
    const [finding] = await found(false)
    expect(finding).toMatchObject({ name: 'web', severity: 'advice' })
    expect(finding?.message).toMatch(
      /^main: its CPU request of 2 is far above its p95 .*\(p95 of 601 samples since /,
    )
    await fixture.ask('check.waive', { ...ref(), check: 'request-accuracy', reason: 'a peak is coming' })
    expect([(await found(false)).length, (await found(true)).length]).toEqual([0, 1])
  })

  it('is shown to nobody else', async () => {
    const stranger = callAs([{ projectId: crypto.randomUUID(), role: 'viewer' }])
    await expect(fixture.ask('workload.usage', ref(), stranger)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('that nobody serves any more is said to be unavailable, and what was seen still counts', async () => {
    await metrics.close()
    await metrics.unavailable()
    expect(await sample(new Date())).toBe(0)
    const view = await usage()
    expect(view.source?.state).toBe('unavailable')
    expect(view.containers[0]?.resources[0]?.verdict).toBe('over')
  })

  it('is dropped when it is too old', async () => {
    const later = new Date(measured.getTime() + 6 * 86_400_000)
    await pruneUsage(fixture.database.db, later)
    const left = await fixture.database.db.usageDigest.findMany({ where: { clusterId } })
    expect(left.map(({ samples }) => samples).sort((one, other) => one - other)).toEqual([1, 200])
    expect(await fixture.database.db.usageSample.count({ where: { clusterId } })).toBe(0)
  })
})
