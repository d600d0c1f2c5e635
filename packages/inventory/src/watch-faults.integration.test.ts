import crypto from 'node:crypto'
import type { SourceState } from '@fairlead/contracts/freshness'
import { applyObject } from '@fairlead/kube/apply'
import { isAllowed } from '@fairlead/kube/check-rights'
import { connect } from '@fairlead/kube/connection'
import type { ClusterConnection, KubeClient } from '@fairlead/kube/kube-client'
import { KubeStatusError } from '@fairlead/kube/kube-error'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { deleteObject, patchObject } from '@fairlead/kube/objects'
import { testCertificate, testKey, validNow } from '@fairlead/kube/test-certificate'
import { watchStream } from '@fairlead/kube/watch-stream'
import { createTestDatabase } from '@fairlead/testkit/database'
import { openOwnCluster, type OwnCluster } from '@fairlead/testkit/own-cluster'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  adminClient,
  eventually,
  inventoryFixture,
  loopback,
  testKubeconfig,
  type InventoryFixture,
} from './testing/inventory-fixture'
import { sameAsListed } from './testing/same-as-listed'
import { startWatch, type RunningWatch, type WatchOf } from './testing/start-watch'
import { tcpProxy, type TcpProxy } from './testing/tcp-proxy'

// Faults between a watcher and a cluster of its own, beside another cluster that has to stay well meanwhile.
const namespace = 'default'
const identity = { namespace: 'fairlead-system', name: 'fairlead-console' }
let own: OwnCluster
let proxy: TcpProxy
let fixture: InventoryFixture
let admin: KubeClient
let otherAdmin: KubeClient
let ownId: string
let otherId: string
let watch: RunningWatch
/** What was opened, to be closed in the other order, however far the set-up came. */
const closing: (() => unknown)[] = []
const otherMap = `faults-${crypto.randomBytes(4).toString('hex')}`
const db = () => fixture.database.db
const kubeconfig = (): ClusterConnection => parseKubeconfig(own.consoleKubeconfig, { development: true })

const configMap = (name: string, data: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
})
const create = (name: string) => applyObject(admin, configMap(name), { fieldManager: 'test' })
const remove = (name: string) => deleteObject(admin, { apiVersion: 'v1', kind: 'ConfigMap', namespace, name })
const stored = (clusterId: string, name: string) =>
  db().inventoryObject.findFirst({ where: { clusterId, kind: 'ConfigMap', name } })
const arrives = (name: string) => eventually(`${name} in the inventory`, () => stored(ownId, name))

const card = async (name: string) =>
  (await fixture.ask('fleet.get', {})).clusters.find((cluster) => cluster.name === name)
/** Waits until the fleet page says this of the cluster. */
const says = (name: string, state: SourceState, words: RegExp | null) =>
  eventually(`${name} ${state} ${words}`, async () => {
    const freshness = (await card(name))?.freshness
    if (freshness?.state !== state) return false
    return words === null ? freshness.message === null : words.test(freshness.message ?? '')
  })
const sourceSays = (kind: string, state: SourceState, words: RegExp) =>
  eventually(`${kind} ${state} ${words}`, async () => {
    const { sources } = await fixture.ask('cluster.get', { cluster: 'own' })
    const source = sources.find((each) => each.kind === kind)
    return source?.state === state && words.test(source.message ?? '')
  })

/** What happens in the other cluster is seen as ever. */
async function otherIsWell(): Promise<void> {
  const round = crypto.randomUUID()
  const map = { ...configMap(otherMap), metadata: { name: otherMap, namespace, labels: { round } } }
  await applyObject(otherAdmin, map, { fieldManager: 'test' })
  await eventually('a change of the other cluster', async () => {
    const row = await stored(otherId, otherMap)
    return z.object({ round: z.literal(round) }).safeParse(row?.labels).success
  })
  await says('other', 'live', null)
}
async function isWell(): Promise<void> {
  await says('own', 'live', null)
  await sameAsListed(admin, db(), ownId)
}
/** Every connection breaks, the silence is noticed, and everything is asked for again. */
async function reconnect(): Promise<void> {
  proxy.cut()
  await says('own', 'unreachable', /closed the connection|refused the connection/)
  proxy.restore()
}
async function watchAnew(pace?: WatchOf['pace']): Promise<void> {
  await watch.stop()
  watch = await startWatch(fixture, { clusterId: ownId, holder: 'own', pace })
}
const throughProxy = (text: string): string =>
  text.replaceAll(new URL(kubeconfig().server).host, `127.0.0.1:${proxy.port}`)
const register = async (name: string, text: string): Promise<string> =>
  (await fixture.ask('cluster.register', { name, kubeconfig: text })).id
const answers = (client: KubeClient) =>
  eventually('an API server that answers', () =>
    client.json({ path: '/api/v1/namespaces' }).catch(() => null),
  )

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  closing.push(() => fixture.close())
  own = await openOwnCluster()
  closing.push(() => own.close())
  const { hostname, port } = new URL(kubeconfig().server)
  proxy = await tcpProxy({ host: hostname, port: Number(port) })
  closing.push(() => proxy.close())
  admin = connect(parseKubeconfig(own.adminKubeconfig, { development: true }), { allow: { cidrs: loopback } })
  closing.push(() => admin.close())
  otherAdmin = adminClient(process.env)
  closing.push(() => otherAdmin.close())
  ownId = await register('own', throughProxy(own.consoleKubeconfig))
  watch = await startWatch(fixture, { clusterId: ownId, holder: 'own' })
  closing.push(() => watch.stop())
  otherId = await register('other', testKubeconfig(process.env, 'FAIRLEAD_TEST_KUBECONFIG'))
  const otherWatch = await startWatch(fixture, { clusterId: otherId, holder: 'other' })
  closing.push(() => otherWatch.stop())
  const map = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: otherMap }
  closing.push(() => deleteObject(otherAdmin, map))
  await isWell()
}, 300_000)
afterAll(async () => {
  for (const close of closing.reverse()) await close()
}, 120_000)

describe('a fault between a watcher and its cluster', { timeout: 400_000 }, () => {
  it('that swallows every byte and keeps every connection is silence, not quiet', async () => {
    await create('gone-in-silence')
    await arrives('gone-in-silence')
    proxy.swallow()
    await says('own', 'unreachable', /did not answer within/)
    await remove('gone-in-silence')
    await create('made-in-silence')
    await otherIsWell()
    expect(await stored(ownId, 'gone-in-silence')).not.toBeNull()
    proxy.restore()
    await isWell()
  })

  it('that swallows open watches alone is found by their silence, and what they missed is seen', async () => {
    await watchAnew({ stallMs: 5_000 })
    await eventually('a live source', async () => {
      const { sources } = await fixture.ask('cluster.get', { cluster: 'own' })
      return sources.find(({ kind }) => kind === 'ConfigMap')?.state === 'live'
    })
    // A watch that is opened anew in between gets the event: then it is not the one, and the next is tried.
    let made = 0
    const missed = await eventually('a swallowed event', async () => {
      const name = `made-in-a-stall-${made++}`
      const before = proxy.swallowed
      proxy.swallowWatches()
      await create(name)
      await new Promise((resolve) => setTimeout(resolve, 500))
      return proxy.swallowed > before && (await stored(ownId, name)) === null ? name : null
    })
    await arrives(missed)
    await sourceSays('ConfigMap', 'stale', /No byte came for 5 s; the watch is opened again/)
    await otherIsWell()
    await watchAnew()
    await isWell()
  })

  it('that is a right taken away names the kind, and the other kinds go on', async () => {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: identity.name }
    const { rules } = z
      .object({ rules: z.array(z.looseObject({ resources: z.array(z.string()).optional() })) })
      .parse(await admin.json({ path: `/apis/rbac.authorization.k8s.io/v1/clusterroles/${role.name}` }))
    const without = rules.map(({ resources, ...rule }) => ({
      ...rule,
      ...(resources === undefined
        ? {}
        : { resources: resources.filter((name) => name !== 'storageclasses') }),
    }))
    const client = connect(kubeconfig(), { allow: { cidrs: loopback } })
    const mayRead = (allowed: boolean) =>
      eventually(`storageclasses ${allowed ? 'allowed' : 'denied'}`, async () => {
        const right = { group: 'storage.k8s.io', resource: 'storageclasses', verb: 'watch' }
        return (await isAllowed(client, right)) === allowed
      })
    await patchObject(admin, role, { rules: without })
    await mayRead(false)
    await reconnect()
    await sourceSays('StorageClass', 'forbidden', /cannot watch resource "storageclasses"/)
    await says('own', 'live', /^May not read StorageClass$/)
    const hidden = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'hidden' },
      provisioner: 'example.org/none',
    }
    await applyObject(admin, hidden, { fieldManager: 'test' })
    await create('still-seen')
    await arrives('still-seen')
    await otherIsWell()
    const unseen = { clusterId: ownId, kind: 'StorageClass', name: 'hidden' }
    expect(await db().inventoryObject.count({ where: unseen })).toBe(0)
    await patchObject(admin, role, { rules })
    await mayRead(true)
    client.close()
    await reconnect()
    await isWell()
  })

  it('that is a credential revoked says so, and a new one goes on where it ended', async () => {
    const token = { apiVersion: 'v1', kind: 'Secret', ...identity, name: `${identity.name}-token` }
    await deleteObject(admin, token)
    await says('own', 'unauthorized', /Unauthorized/)
    proxy.cut()
    proxy.restore()
    await sourceSays('ConfigMap', 'unauthorized', /Unauthorized/)
    await create('made-while-unknown')
    await remove('still-seen')
    await otherIsWell()
    const check = await fixture.ask('cluster.check', { cluster: 'own' })
    expect(check.steps.at(-1)).toMatchObject({ step: 'auth', passed: false })
    const given = await admin.json({
      method: 'POST',
      path: `/api/v1/namespaces/${identity.namespace}/serviceaccounts/${identity.name}/token`,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    })
    const { status } = z.object({ status: z.object({ token: z.string() }) }).parse(given)
    await fixture.ask('cluster.rotate', { cluster: 'own', token: stated(status.token, kubeconfig().caPem) })
    await watchAnew()
    await isWell()
  })

  it('that outlives the versions it missed lists again, and what is gone goes', async () => {
    await create('gone-with-the-versions')
    await arrives('gone-with-the-versions')
    const pathOfMaps = `/api/v1/namespaces/${namespace}/configmaps`
    const before = z
      .object({ metadata: z.object({ resourceVersion: z.string() }) })
      .parse(await admin.json({ path: pathOfMaps, query: { limit: 1 } })).metadata.resourceVersion
    proxy.cut()
    await says('own', 'unreachable', /closed the connection/)
    await remove('gone-with-the-versions')
    await create('made-meanwhile')
    await own.stop('apiserver')
    await own.compact()
    await own.start('apiserver')
    await answers(admin)
    expect(await statusOfResume(admin, before)).toBe(410)
    await otherIsWell()
    proxy.restore()
    await isWell()
    expect(await stored(ownId, 'gone-with-the-versions')).toBeNull()
  })

  it('that is a certificate of another authority is named, and nothing is believed behind it', async () => {
    const key = testKey()
    const certPem = testCertificate(key, validNow)
    await own.serveWith({ certPem, keyPem: key.keyPem })
    await says('own', 'unreachable', /shows a certificate that its certificate authority did not sign/)
    const check = await fixture.ask('cluster.check', { cluster: 'own' })
    expect(check.steps.at(-1)).toMatchObject({ step: 'tls', passed: false })
    admin.close()
    const { caPem: _old, ...known } = parseKubeconfig(own.adminKubeconfig, { development: true })
    admin = connect({ ...known, caPem: certPem }, { allow: { cidrs: loopback } })
    await answers(admin)
    await create('made-behind-it')
    await otherIsWell()
    expect(await stored(ownId, 'made-behind-it')).toBeNull()
    const { auth } = await fixture.connections.connectionOf(ownId)
    if (auth.kind !== 'token') throw new Error('the credential is no token')
    await fixture.ask('cluster.rotate', { cluster: 'own', token: stated(auth.token, certPem) })
    await watchAnew()
    await isWell()
  })
})

const stated = (token: string, ca: string | null) => ({
  server: `https://127.0.0.1:${proxy.port}`,
  token,
  ...(ca === null ? {} : { ca }),
})

/** What an API server answers to a watch that goes on from this version: a status, or 0 for one that it goes on with. */
async function statusOfResume(client: KubeClient, version: string): Promise<number> {
  const target = { apiVersion: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespace }
  const stream = watchStream(client, target, {
    version,
    signal: new AbortController().signal,
    stallMs: () => 60_000,
    random: () => 0,
    onOpen: () => undefined,
    onByte: () => undefined,
    onPoison: () => undefined,
  })
  try {
    for await (const events of stream) {
      const error = events.find((event) => event.type === 'error')?.error
      return error instanceof KubeStatusError ? error.status : 0
    }
    return 0
  } catch (error) {
    if (error instanceof KubeStatusError) return error.status
    throw error
  }
}
