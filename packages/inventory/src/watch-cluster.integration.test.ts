import crypto from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { addedKinds, optInKinds, watchedKindNames, type WatchedKind } from '@fairlead/contracts/kinds'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { applyObject } from '@fairlead/kube/apply'
import { deleteObject } from '@fairlead/kube/objects'
import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FencedError } from './lease'
import { ingest } from './ingest'
import {
  adminClient,
  eventually,
  inventoryFixture,
  testKubeconfig,
  type InventoryFixture,
} from './testing/inventory-fixture'
import { sameAsListed } from './testing/same-as-listed'
import { startWatch, type RunningWatch } from './testing/start-watch'
import { tcpProxy, type TcpProxy } from './testing/tcp-proxy'

let fixture: InventoryFixture
let admin: KubeClient
let proxy: TcpProxy
let kubeconfig: string
let clusterId: string
let watch: RunningWatch
const namespace = `watch-${crypto.randomBytes(4).toString('hex')}`
const rollouts: string[] = []
const errors: unknown[] = []
const db = () => fixture.database.db

const watchAs = (holder: string): Promise<RunningWatch> =>
  startWatch(fixture, {
    clusterId,
    holder,
    onRollouts: (keys) => void rollouts.push(...keys),
    onError: (error) => void errors.push(error),
  })

const pod = (name: string, labels: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: {
    schedulerName: 'nobody',
    automountServiceAccountToken: false,
    containers: [{ name: 'main', image: 'registry.example.org/a:1' }],
  },
})
const createPod = (name: string) => applyObject(admin, pod(name), { fieldManager: 'test' })
const removePod = (name: string) => deleteObject(admin, { apiVersion: 'v1', kind: 'Pod', namespace, name })
const listed = async (name: string) => {
  const { rows } = await fixture.ask('object.list', { kinds: ['Pod'], namespace })
  return rows.find((row) => row.name === name)
}
const stateIs = (wanted: string) =>
  eventually(`state ${wanted}`, async () => {
    const { clusters } = await fixture.ask('fleet.get', {})
    return clusters[0]?.freshness.state === wanted && clusters[0]
  })

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  admin = adminClient(process.env)
  const given = testKubeconfig(process.env, 'FAIRLEAD_TEST_KUBECONFIG')
  const server = new URL(/server:\s*"?(https:\/\/[^\s"]+)/.exec(given)?.[1] ?? '')
  proxy = await tcpProxy({ host: server.hostname, port: Number(server.port) })
  kubeconfig = given.replaceAll(server.host, `127.0.0.1:${proxy.port}`)
  await admin.json({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  })
})
afterAll(async () => {
  await watch.stop()
  await admin.request({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` })
  admin.close()
  await proxy.close()
  await fixture.close()
})

describe('registration', () => {
  it('shows what a kubeconfig leads to before anything is stored', async () => {
    const preview = await fixture.ask('cluster.preview', { name: 'real', kubeconfig })
    expect(preview).toMatchObject({ passed: true, server: `https://127.0.0.1:${proxy.port}` })
    expect(await db().cluster.count()).toBe(0)
  })

  it('stores the cluster, seals its credential, rings its bell and says so in the audit log', async () => {
    const { id } = await fixture.ask('cluster.register', { name: 'real', kubeconfig })
    clusterId = id
    const stored = await db().clusterCredential.findUniqueOrThrow({ where: { clusterId } })
    expect(Buffer.from(stored.sealed).includes('server')).toBe(false)
    expect(fixture.rung).toEqual([{ doorbell: 'cluster', key: clusterId }])
    const entry = await db().auditEntry.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
    expect(entry).toMatchObject({ action: 'cluster.register', outcome: 'done', subjectId: clusterId })
    expect((await fixture.ask('cluster.check', { cluster: 'real' })).passed).toBe(true)
  })

  it('is refused twice: one cluster has one name', async () => {
    await expect(fixture.ask('cluster.register', { name: 'again', kubeconfig })).rejects.toMatchObject({
      code: 'conflict',
      message: 'This cluster is registered already, as real.',
    })
    expect(await db().cluster.count()).toBe(1)
  })

  it('never shows a cluster green that nobody has watched yet', async () => {
    const { clusters } = await fixture.ask('fleet.get', {})
    expect(clusters[0]?.freshness).toMatchObject({ state: 'never_synced', lastSeenAt: null })
  })
})

describe('a watched cluster', () => {
  it('becomes live, with every kind that may be read and that it has', async () => {
    watch = await watchAs('first')
    await stateIs('live')
    const detail = await fixture.ask('cluster.get', { cluster: 'real' })
    // Another test file installs what may be absent, or has not yet.
    const states = (kind: WatchedKind) =>
      optInKinds.includes(kind) ? ['forbidden'] : addedKinds.includes(kind) ? ['absent', 'live'] : ['live']
    for (const kind of watchedKindNames)
      expect(states(kind)).toContain(detail.sources.find((source) => source.kind === kind)?.state)
    expect(detail.cluster.freshness.message).toBeNull()
    expect(detail.nodes.length).toBeGreaterThan(0)
    expect(detail.nodes[0]?.cpuAllocatable).toBeGreaterThan(0)
  })

  it('shows the control plane with evidence', async () => {
    const evidence = await eventually('evidence', async () => {
      const { controlPlane } = await fixture.ask('cluster.get', { cluster: 'real' })
      return controlPlane.length > 0 && controlPlane
    })
    expect(evidence.map(({ component, state }) => `${component} ${state}`)).toContain('apiserver ok')
  })

  it('shows a pod that was created, and no longer one that was deleted', async () => {
    await createPod('short-lived')
    const row = await eventually('the pod', () => listed('short-lived'))
    expect(row.cells).toMatchObject({ Ready: '0/1', Status: 'Pending', Restarts: '0' })
    await removePod('short-lived')
    await eventually('its end', async () => (await listed('short-lived')) === undefined)
    const changes = await db().change.findMany({ where: { key: row.uid }, orderBy: { sequence: 'asc' } })
    expect(changes.at(0)?.op).toBe('upsert')
    expect(changes.at(-1)?.op).toBe('delete')
  })

  it('rings the rollout whose label a changed workload carries, and for its pods too', async () => {
    const rollout = crypto.randomUUID()
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace, labels: { 'fairlead.dev/rollout': rollout } },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: pod('x').spec },
      },
    }
    await applyObject(admin, deployment, { fieldManager: 'test' })
    await eventually('its bell', async () => rollouts.includes(rollout))
    const detail = await eventually('its pod, and the revision that its controller gave it', async () => {
      const found = await fixture
        .ask('workload.get', { cluster: clusterId, kind: 'Deployment', namespace, name: 'web' })
        .catch(() => null)
      return found !== null && found.pods.length > 0 && found.revisions.some((one) => one.current) && found
    })
    expect(detail.revisions).toMatchObject([{ revision: '1', current: true, desired: 1 }])
    expect(detail.verdict.state).not.toBe('converged')
    expect(detail.episodes).toMatchObject([{ closedAt: null }])
    const { lines, missing } = await fixture.ask('workload.logs', {
      cluster: clusterId,
      kind: 'Deployment',
      namespace,
      name: 'web',
    })
    expect([lines.length, missing.length]).toEqual([0, 1])
  })

  it('shows its YAML live, without managed fields', async () => {
    const { yaml } = await fixture.ask('object.yaml', {
      cluster: clusterId,
      kind: 'Deployment',
      namespace,
      name: 'web',
    })
    expect(yaml).toContain('kind: Deployment')
    expect(yaml).not.toContain('managedFields')
  })

  it('is not green while it does not answer, and equals a fresh list when it is back', async () => {
    await createPod('before')
    await eventually('the pod', () => listed('before'))
    proxy.cut()
    const card = await stateIs('unreachable')
    expect(card.freshness.lastSeenAt).not.toBeNull()
    await createPod('meanwhile')
    await removePod('before')
    await sleep(500)
    expect(await listed('before')).toBeDefined()
    proxy.restore()
    await stateIs('live')
    await sameAsListed(admin, db(), clusterId)
  })

  it('hands over to another watcher: the first is fenced off and stops', async () => {
    const first = watch
    watch = await watchAs('second')
    expect(watch.lease.epoch).toBe(first.lease.epoch + 1n)
    await createPod('after-take-over')
    await eventually('the pod', () => listed('after-take-over'))
    await eventually('the end of the first', async () => first.fenced)
    const row = await db().inventoryObject.findFirstOrThrow({ where: { clusterId, name: 'after-take-over' } })
    expect(row.epoch).toBe(watch.lease.epoch)
    const late = ingest(
      db(),
      first.lease,
      { kind: 'Pod', upserts: [], deletes: [row.uid] },
      { now: new Date(), announce: true },
    )
    await expect(late).rejects.toBeInstanceOf(FencedError)
    await first.stop()
  })
})

describe('a registered cluster', () => {
  it('is refused when its endpoint answers as another cluster', async () => {
    const { uid } = await db().cluster.findUniqueOrThrow({ where: { id: clusterId } })
    await db().cluster.update({ where: { id: clusterId }, data: { uid: crypto.randomUUID() } })
    await expect(fixture.connections.open(clusterId)).rejects.toMatchObject({ code: 'conflict' })
    const check = await fixture.ask('cluster.check', { cluster: 'real' })
    expect(check).toMatchObject({ passed: false })
    await expect(fixture.ask('cluster.rotate', { cluster: 'real', kubeconfig })).rejects.toMatchObject({
      code: 'conflict',
    })
    await db().cluster.update({ where: { id: clusterId }, data: { uid } })
  })

  it('takes a new credential and opens with it', async () => {
    await fixture.ask('cluster.rotate', { cluster: 'real', kubeconfig })
    const detail = await fixture.ask('cluster.get', { cluster: 'real' })
    expect(detail.credential).toMatchObject({ version: 2 })
    await expect(fixture.connections.clientOf(clusterId)).resolves.toBeDefined()
  })

  it('opens no credential that was sealed for another cluster or version', async () => {
    await db().clusterCredential.update({ where: { clusterId }, data: { version: 3 } })
    await expect(fixture.connections.clientOf(clusterId)).rejects.toMatchObject({ code: 'internal' })
    await db().clusterCredential.update({ where: { clusterId }, data: { version: 2 } })
  })

  it('shows its credential in no answer, error, audit entry or change row', async () => {
    const secrets = [
      ...kubeconfig.matchAll(/(?:token|client-key-data|client-certificate-data):\s*"?([^\s"]+)/g),
    ]
    const canaries = secrets.map((match) => match[1] ?? '')
    expect(canaries.length).toBeGreaterThan(0)
    const rows = [
      await db().auditEntry.findMany(),
      await db().change.findMany(),
      await db().cluster.findMany(),
      await db().inventoryObject.findMany(),
    ]
    const json = (value: unknown): string =>
      JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item))
    const everything = [...fixture.said, ...rows.map(json), ...errors.map(String), json(errors)].join('\n')
    for (const canary of canaries) {
      expect(everything.includes(canary)).toBe(false)
      expect(everything.includes(Buffer.from(canary, 'base64').toString('utf8').slice(0, 40))).toBe(false)
    }
  })

  it('is removed by its typed name alone, and its watcher stops', async () => {
    await expect(fixture.ask('cluster.remove', { cluster: 'real', confirm: 'rea' })).rejects.toMatchObject({
      code: 'invalid',
    })
    await fixture.ask('cluster.remove', { cluster: 'real', confirm: 'real' })
    expect(await db().inventoryObject.count()).toBe(0)
    expect(await db().clusterCredential.count()).toBe(0)
    await eventually('the end of the watch', async () => watch.fenced)
    await expect(fixture.ask('cluster.get', { cluster: 'real' })).rejects.toMatchObject({ code: 'not_found' })
  })
})
