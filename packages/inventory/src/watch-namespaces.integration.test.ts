import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { maxNamespaces } from '@fairlead/contracts/watched-namespaces'
import type { SourceState } from '@fairlead/contracts/freshness'
import { applyObject } from '@fairlead/kube/apply'
import { isAllowed } from '@fairlead/kube/check-rights'
import { connect } from '@fairlead/kube/connection'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { loadManifests } from '@fairlead/kube/manifest-load'
import { deleteObject, listObjects } from '@fairlead/kube/objects'
import { createTestDatabase } from '@fairlead/testkit/database'
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
import { startWatch, type RunningWatch } from './testing/start-watch'
import { tcpProxy, type TcpProxy } from './testing/tcp-proxy'

// A credential with infra/rbac/fairlead-namespace.yaml in two namespaces, and nothing in the third or in the cluster.
const run = crypto.randomBytes(4).toString('hex')
const [cart, shop, other] = [`cart-${run}`, `shop-${run}`, `other-${run}`]
const account = 'fairlead-console'
let fixture: InventoryFixture
let admin: KubeClient
let narrow: KubeClient
let proxy: TcpProxy
let kubeconfig: string
let clusterId: string
let watch: RunningWatch
/** What was opened, to be closed in the other order, however far the tests came. */
const closing: (() => unknown)[] = []
const db = () => fixture.database.db

const apply = (object: Parameters<typeof applyObject>[1]) =>
  applyObject(admin, object, { fieldManager: 'test' })
const createMap = (namespace: string, name: string) =>
  apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } })
const stored = (namespace: string, name: string) =>
  db().inventoryObject.findFirst({ where: { clusterId, kind: 'ConfigMap', namespace, name } })
const arrives = (namespace: string, name: string) =>
  eventually(`${namespace}/${name}`, () => stored(namespace, name))
const register = (namespaces: readonly string[], name = 'shared') =>
  fixture.ask('cluster.register', { name, kubeconfig, namespaces: [...namespaces] })
const detail = () => fixture.ask('cluster.get', { cluster: 'shared' })

const clusterSays = (state: SourceState, words: RegExp) =>
  eventually(`${state} ${words}`, async () => {
    const { freshness } = (await detail()).cluster
    return freshness.state === state && words.test(freshness.message ?? '') && freshness
  })
const sourceSays = (kind: string, namespace: string | null, state: SourceState) =>
  eventually(`${kind} of ${namespace} ${state}`, async () => {
    const { sources } = await detail()
    const source = sources.find((each) => each.kind === kind && each.namespace === namespace)
    return source?.state === state && source
  })

/** The file as its comment says: in each namespace, for a service account of the first. */
async function grant(namespace: string): Promise<void> {
  const file = path.resolve(import.meta.dirname, '../../../infra/rbac/fairlead-namespace.yaml')
  for (const object of loadManifests(fs.readFileSync(file, 'utf8'))) {
    const subjects =
      object.kind === 'RoleBinding'
        ? { subjects: [{ kind: 'ServiceAccount', name: account, namespace: cart }] }
        : {}
    await apply({ ...object, ...subjects, metadata: { ...object.metadata, namespace } })
  }
}

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  closing.push(() => fixture.close())
  admin = adminClient(process.env)
  closing.push(() => admin.close())
  for (const name of [cart, shop, other]) {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', name }
    closing.push(() => deleteObject(admin, namespace))
    await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  }
  await apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace: cart } })
  await grant(cart)
  await grant(shop)
  const answer = await admin.json({
    method: 'POST',
    path: `/api/v1/namespaces/${cart}/serviceaccounts/${account}/token`,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
  })
  const { token } = z.object({ status: z.object({ token: z.string() }) }).parse(answer).status
  const given = testKubeconfig(process.env, 'FAIRLEAD_TEST_KUBECONFIG')
  const server = new URL(parseKubeconfig(given, { development: true }).server)
  proxy = await tcpProxy({ host: server.hostname, port: Number(server.port) })
  closing.push(() => proxy.close())
  kubeconfig = given
    .replaceAll(server.host, `127.0.0.1:${proxy.port}`)
    .replace(/token: .+/, `token: ${token}`)
  narrow = connect(parseKubeconfig(kubeconfig, { development: true }), { allow: { cidrs: loopback } })
  closing.push(() => narrow.close())
  for (const namespace of [cart, shop, other]) await createMap(namespace, 'first')
  // Until the API server's authoriser has heard of the bindings.
  for (const namespace of [cart, shop])
    await eventually(`rights in ${namespace}`, () =>
      isAllowed(narrow, { group: '', resource: 'configmaps', verb: 'watch', namespace }),
    )
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

describe('registering with a credential that may read two namespaces', () => {
  it('is refused without their names, and says that they are what is missing', async () => {
    await expect(register([])).rejects.toMatchObject({
      code: 'cluster_denied',
      message: expect.stringContaining('If it may read some namespaces only, name them.') as string,
    })
    expect(await db().cluster.count()).toBe(0)
  })

  it('is refused for more namespaces than are watched one by one', async () => {
    const many = Array.from({ length: maxNamespaces + 1 }, (_, index) => `team-${index}`)
    await expect(register(many)).rejects.toMatchObject({ code: 'invalid' })
  })

  it('says in words what works where', async () => {
    const check = (namespaces: string[]) =>
      fixture.ask('cluster.preview', { name: 'shared', kubeconfig, namespaces })
    const two = await check([shop, cart])
    expect(two.passed).toBe(true)
    const words = two.steps.find(({ step }) => step === 'rights')?.message
    expect(words).toMatch(
      new RegExp(`In ${cart}: all \\d+ needed rights. In ${shop}: all \\d+ needed rights.`),
    )
    expect(words).toMatch(/not permitted to list nodes, namespaces, /)
    const three = await check([shop, other])
    expect(three.passed).toBe(false)
    expect(three.steps.at(-1)?.message).toContain(`In ${other}: none of the needed rights.`)
  })

  it('knows the cluster by either namespace: it is not registered twice', async () => {
    clusterId = (await register([shop, cart])).id
    await expect(register([shop], 'again')).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a cluster of which two namespaces are watched', () => {
  it('is live with both, and never shows anything of the third', async () => {
    watch = await startWatch(fixture, { clusterId, holder: 'namespaces' })
    closing.push(() => watch.stop())
    await clusterSays('live', /^May not read Node, Namespace, /)
    for (const namespace of [cart, shop]) {
      await sourceSays('ConfigMap', namespace, 'live')
      await arrives(namespace, 'first')
      await createMap(namespace, 'second')
      await arrives(namespace, 'second')
    }
    await deleteObject(admin, { apiVersion: 'v1', kind: 'ConfigMap', namespace: shop, name: 'second' })
    await eventually('its end', async () => (await stored(shop, 'second')) === null)
    expect(await stored(cart, 'second')).not.toBeNull()
    for (const namespace of [cart, shop])
      await eventually(`what ${namespace} has`, async () => {
        const live = await listObjects(admin, { apiVersion: 'v1', kind: 'ConfigMap' }, { namespace })
        const ours = await db().inventoryObject.findMany({
          where: { clusterId, kind: 'ConfigMap', namespace },
        })
        const theirs = live.map(({ metadata }) => `${metadata.uid} ${metadata.resourceVersion}`).sort()
        return (
          theirs.join() ===
          ours
            .map((row) => `${row.uid} ${row.resourceVersion}`)
            .sort()
            .join()
        )
      })
    const seen = await db().inventoryObject.findMany({ where: { clusterId }, distinct: ['namespace'] })
    expect(new Set(seen.map(({ namespace }) => namespace))).toEqual(new Set([cart, shop]))
  })

  it('says of what belongs to no namespace that it is not permitted, with the right that is missing', async () => {
    const node = await sourceSays('Node', null, 'forbidden')
    expect(node.message).toMatch(/cannot (list|watch) resource "nodes" .* at the cluster scope/)
    const list = await fixture.ask('object.list', { kinds: ['Node'] })
    expect(list).toMatchObject({ rows: [], denied: [{ clusterId, kind: 'Node', namespace: null }] })
    expect(list.denied[0]?.message).toBe(node.message)
    const { cluster, namespaces, watchedNamespaces } = await detail()
    expect(cluster.nodes).toBeNull()
    expect(watchedNamespaces).toEqual([cart, shop])
    expect(namespaces.map(({ name, status }) => [name, status])).toEqual([
      [cart, null],
      [shop, null],
    ])
  })

  it('lives on in one namespace when its rights in the other are taken away', async () => {
    const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', name: account }
    await deleteObject(admin, { ...binding, namespace: cart })
    await eventually('the right is gone', async () => {
      const right = { group: '', resource: 'configmaps', verb: 'watch', namespace: cart }
      return !(await isAllowed(narrow, right))
    })
    proxy.cut()
    await clusterSays('unreachable', /closed the connection/)
    proxy.restore()
    await sourceSays('ConfigMap', cart, 'forbidden')
    await sourceSays('ConfigMap', shop, 'live')
    await clusterSays('live', new RegExp(`^May not read anything in ${cart}, Node, Namespace, `))
    await createMap(shop, 'third')
    await arrives(shop, 'third')
    expect(await stored(cart, 'first')).not.toBeNull()
    const check = await fixture.ask('cluster.check', { cluster: 'shared' })
    expect(check.steps.at(-1)?.message).toContain(`In ${cart}: none of the needed rights.`)
  })

  it('forgets a namespace that is no longer watched', async () => {
    await fixture.ask('cluster.setNamespaces', { cluster: 'shared', namespaces: [shop] })
    expect(fixture.rung.at(-1)).toEqual({ doorbell: 'cluster', key: clusterId })
    await watch.stop()
    watch = await startWatch(fixture, { clusterId, holder: 'namespaces' })
    await eventually('the end of what it held', async () => (await stored(cart, 'first')) === null)
    await sourceSays('ConfigMap', shop, 'live')
    expect((await detail()).sources.filter(({ namespace }) => namespace === cart)).toEqual([])
    expect(await db().clusterSource.count({ where: { clusterId, namespace: cart } })).toBe(0)
    expect(await stored(shop, 'third')).not.toBeNull()
    const entry = await db().auditEntry.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
    expect(entry).toMatchObject({ action: 'cluster.setNamespaces', outcome: 'done', subjectId: clusterId })
  })
})
