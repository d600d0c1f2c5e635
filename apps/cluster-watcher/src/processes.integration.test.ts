import { spawn, type ChildProcess } from 'node:child_process'
import crypto from 'node:crypto'
import path from 'node:path'
import { applyObject } from '@fairlead/kube/apply'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { createQueues } from '@fairlead/queue/queues'
import {
  adminClient,
  eventually,
  inventoryFixture,
  loopback,
  testKubeconfig,
  type InventoryFixture,
} from '@fairlead/inventory/testing/inventory-fixture'
import { testQueueOptions } from '@fairlead/testkit/queue'
import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// Real processes on a real database, Redis and API server: what a crash leaves is what the next one finds.
interface WatcherProcess {
  readonly child: ChildProcess
  readonly log: () => string
  readonly ended: Promise<number | null>
}

const folder = path.resolve(import.meta.dirname, '..')
const namespace = `processes-${crypto.randomBytes(4).toString('hex')}`
const queueOptions = testQueueOptions()
const processes: WatcherProcess[] = []
let fixture: InventoryFixture
let admin: KubeClient
let clusterId: string
let kubeconfig: string

function startWatcher(): WatcherProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: folder,
    env: {
      ...process.env,
      DATABASE_URL: fixture.database.url,
      REDIS_URL: queueOptions.redisUrl,
      FAIRLEAD_QUEUE_PREFIX: queueOptions.prefix,
      FAIRLEAD_ENCRYPTION_KEY: fixture.encryptionKey,
      FAIRLEAD_ALLOWED_CIDRS: loopback.join(','),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')))
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const started = { child, log: () => log, ended }
  processes.push(started)
  return started
}

const says = (watcher: WatcherProcess, words: string): Promise<unknown> =>
  eventually(`"${words}" in the log`, async () => watcher.log().includes(words))
const lease = () => fixture.database.db.clusterLease.findUnique({ where: { clusterId } })
const live = () =>
  eventually('a live cluster', async () => {
    const { clusters } = await fixture.ask('fleet.get', {})
    return clusters[0]?.freshness.state === 'live'
  })

let pods = 0
/** Whatever happened before: a change in the cluster reaches the inventory. */
async function changeArrives(): Promise<void> {
  const name = `pod-${pods++}`
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      schedulerName: 'nobody',
      automountServiceAccountToken: false,
      containers: [{ name: 'main', image: 'registry.example.org/a:1' }],
    },
  }
  await applyObject(admin, pod, { fieldManager: 'test' })
  await eventually(`${name} in the inventory`, () =>
    fixture.database.db.inventoryObject.findFirst({ where: { clusterId, name } }),
  )
}

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  admin = adminClient(process.env)
  kubeconfig = testKubeconfig(process.env, 'FAIRLEAD_TEST_KUBECONFIG')
  await admin.json({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  })
})
afterAll(async () => {
  for (const { child } of processes) child.kill('SIGKILL')
  await admin.request({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` })
  admin.close()
  await fixture.close()
})

describe('watcher processes', () => {
  it('start to watch a cluster that is registered while they run', async () => {
    const watcher = startWatcher()
    await says(watcher, 'started')
    const registered = await fixture.ask('cluster.register', { name: 'real', kubeconfig })
    clusterId = registered.id
    const queues = createQueues(queueOptions)
    await queues.ring(fixture.rung)
    await queues.close()
    await live()
    await changeArrives()
  })

  it('leave a cluster to one of them, and the other takes over what a killed one held', async () => {
    const [first] = processes
    const before = await lease()
    const second = startWatcher()
    await says(second, 'started')
    await changeArrives()
    expect(await lease()).toMatchObject({ holder: before?.holder, epoch: before?.epoch })
    first?.child.kill('SIGKILL')
    await says(second, 'lease acquired')
    expect((await lease())?.epoch).toBe((before?.epoch ?? 0n) + 1n)
    await changeArrives()
    await live()
  })

  it('outlive the loss of every database connection', async () => {
    const [, second] = processes
    const ended = await fixture.database.db.$queryRaw<{ pid: number }[]>`
      SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`
    expect(ended.length).toBeGreaterThan(0)
    // The test's own connections are among them: one may still be handed out that is about to end.
    await eventually('the end of every connection', async () => {
      const living = await fixture.database.db.$queryRaw<{ pid: number }[]>`
        SELECT pid FROM pg_stat_activity WHERE pid = ANY(${ended.map(({ pid }) => pid)})`.catch(() => ended)
      return living.length === 0
    })
    await changeArrives()
    await live()
    expect(second?.child.exitCode).toBeNull()
  })

  it('follow a rotated credential without losing a change', async () => {
    const [, second] = processes
    await fixture.ask('cluster.rotate', { cluster: 'real', kubeconfig })
    await says(second ?? startWatcher(), '"credentialVersion":2')
    await changeArrives()
    await live()
  })

  it('release their leases when they are asked to stop', async () => {
    const [, second] = processes
    second?.child.kill('SIGTERM')
    expect(await second?.ended).toBe(0)
    const left = await lease()
    expect(left !== null && left.expiresAt <= new Date()).toBe(true)
  })

  it('never log a credential', () => {
    const secrets = [...kubeconfig.matchAll(/(?:token|client-key-data):\s*"?([^\s"]+)/g)].map(
      (match) => match[1] ?? '',
    )
    expect(secrets.length).toBeGreaterThan(0)
    for (const { log } of processes)
      for (const secret of [...secrets, fixture.encryptionKey]) expect(log().includes(secret)).toBe(false)
  })
})
