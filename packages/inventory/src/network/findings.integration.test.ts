import crypto from 'node:crypto'
import { messageOf } from '@fairlead/contracts/errors'
import { watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import { networkFindings } from '@fairlead/contracts/network-findings'
import { resourcePath } from '@fairlead/kube/discovery'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { deleteObject, getObject, listObjects, patchObject } from '@fairlead/kube/objects'
import { createTestDatabase } from '@fairlead/testkit/database'
import { gatewayApi } from '@fairlead/testkit/gateway-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordIn } from '@fairlead/contracts/loose-json'
import { installGatewayApi } from '../testing/install-gateway-api'
import {
  adminClient,
  eventually,
  inventoryFixture,
  testKubeconfig,
  type InventoryFixture,
} from '../testing/inventory-fixture'
import { startWatch, type RunningWatch } from '../testing/start-watch'
import type { Broken, Planted } from './broken/broken'
import { brokenGateways } from './broken/gateways'
import { brokenIngresses } from './broken/ingresses'
import { brokenRoutes } from './broken/routes'
import { brokenServices } from './broken/services'

// Real objects, real EndpointSlices of a real controller manager, the Gateway API installed: watched, stored, explained.
const run = crypto.randomBytes(3).toString('hex')
let fixture: InventoryFixture
let client: KubeClient
let clusterId: string
let watch: RunningWatch
let node = ''

const collectionOf = ({ kind, metadata }: KubeManifest, name?: string): string => {
  const { apiVersion, plural } = watchedKinds[kind as WatchedKind]
  return resourcePath(apiVersion, plural, {
    namespace: metadata.namespace,
    ...(name === undefined ? {} : { name }),
  })
}

/** On a node its kubelet speaks first, and only once. */
async function settle({ metadata, ...pod }: KubeManifest): Promise<void> {
  const spec = { ...(pod['spec'] as object), nodeName: node }
  const ref = { apiVersion: 'v1', kind: 'Pod', namespace: metadata.namespace ?? '', name: metadata.name }
  const manifest = { ...pod, metadata, spec } as KubeManifest
  await client.json({ method: 'POST', path: collectionOf(manifest), body: manifest })
  await eventually('the kubelet', async () => {
    const { podIP } = recordIn((await getObject(client, ref))?.['status'])
    return podIP !== undefined
  })
}

async function plant({ manifest, status, onNode, leaving }: Planted): Promise<void> {
  if (onNode === true) await settle(manifest)
  else await client.json({ method: 'POST', path: collectionOf(manifest), body: manifest })
  const path = collectionOf(manifest, manifest.metadata.name)
  if (status !== undefined)
    await client.json({
      method: 'PATCH',
      path: `${path}/status`,
      contentType: 'application/merge-patch+json',
      body: { status },
    })
  if (leaving === true) await client.request({ method: 'DELETE', path })
}

const planted: Planted[] = []
let namespaces = 0

async function setUp(broken: Broken): Promise<string> {
  const namespace = `net-${run}-${namespaces++}`
  await client.json({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  })
  for (const object of broken.objects(namespace)) {
    planted.push(object)
    await plant(object)
  }
  return namespace
}

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  client = adminClient(process.env)
  await installGatewayApi(client, await gatewayApi())
  const nodes = await listObjects(client, { apiVersion: 'v1', kind: 'Node' })
  node = nodes[0]?.metadata.name ?? ''
  // An administrator's credential: Secrets are watched too.
  const kubeconfig = testKubeconfig(process.env, 'FAIRLEAD_TEST_ADMIN_KUBECONFIG')
  clusterId = (await fixture.ask('cluster.register', { name: 'real', kubeconfig })).id
  watch = await startWatch(fixture, { clusterId, holder: 'test' })
  await eventually('every kind', async () => {
    const { sources } = await fixture.ask('cluster.get', { cluster: 'real' })
    return sources.every(({ state }) => state === 'live')
  })
}, 180_000)

afterAll(async () => {
  await watch.stop()
  for (const { manifest, leaving } of planted) {
    const ref = { ...manifest, ...manifest.metadata }
    if (leaving === true) await patchObject(client, ref, { metadata: { finalizers: null } })
    if (manifest.metadata.namespace === undefined) await deleteObject(client, ref)
  }
  for (let index = 0; index < namespaces; index++)
    await deleteObject(client, { apiVersion: 'v1', kind: 'Namespace', name: `net-${run}-${index}` })
  client.close()
  await fixture.close()
}, 180_000)

const pathOf = (broken: Broken, namespace: string) =>
  fixture.ask('network.path', { cluster: clusterId, namespace, ...broken.path }).catch(() => null)

/** Waits for the very finding; a sound set-up waits until nothing is found. */
async function check(broken: Broken): Promise<void> {
  const namespace = await setUp(broken)
  const { code, words = /./, besides = [] } = broken
  let last = 'no such path'
  const found = await eventually(code ?? 'nothing found', async () => {
    const path = await pathOf(broken, namespace)
    if (path === null) return null
    last = path.findings.map((each) => `${each.code}: ${each.words}`).join('; ')
    const fits =
      code === null
        ? path.findings.every((each) => besides.includes(each.code))
        : path.findings.some((each) => each.code === code && words.test(each.words))
    return fits && path
  }).catch((error: unknown) => {
    throw new Error(`${messageOf(error)}; found: ${last}`)
  })
  expect(found.unread).toEqual([])
  for (const { fix } of found.findings) expect(fix).not.toBe('')
  const cut = found.links.some((link) => link.broken) || found.nodes.some((each) => each.severity !== null)
  expect([code, cut]).toEqual([code, code !== null])
}

describe('found on the path of a Service', () => {
  it.each(brokenServices.map((broken) => [broken.name, broken] as const))('is %s', (_name, broken) =>
    check(broken),
  )
})
describe('found on the path of an Ingress', () => {
  it.each(brokenIngresses.map((broken) => [broken.name, broken] as const))('is %s', (_name, broken) =>
    check(broken),
  )
})
describe('found on the path of a Gateway', () => {
  it.each(brokenGateways.map((broken) => [broken.name, broken] as const))('is %s', (_name, broken) =>
    check(broken),
  )
})
describe('found on the path of a route', () => {
  it.each(brokenRoutes.map((broken) => [broken.name, broken] as const))('is %s', (_name, broken) =>
    check(broken),
  )
})

describe('the list of entries', () => {
  it('shows each with its worst finding, and the worst first', async () => {
    const { items } = await fixture.ask('network.findings', { clusters: [clusterId] })
    const ours = items.filter(({ namespace }) => namespace.startsWith(`net-${run}-`))
    expect(ours.length).toBeGreaterThan(100)
    const weights = items.map(({ worst }) =>
      worst === null ? 3 : ['error', 'warning', 'notice'].indexOf(worst.severity),
    )
    expect(weights).toEqual([...weights].sort((left, right) => left - right))
  })

  it('covers every code but what a permitted credential never lacks', () => {
    const all = [...brokenServices, ...brokenIngresses, ...brokenGateways, ...brokenRoutes]
    const covered = new Set(all.map(({ code }) => code))
    const codes = Object.keys(networkFindings) as (keyof typeof networkFindings)[]
    expect(codes.filter((code) => !covered.has(code))).toEqual(['tls.unknown'])
    expect(all.filter(({ code }) => code !== null).length).toBeGreaterThanOrEqual(40)
  })
})

describe('Secrets that are watched', () => {
  it('leave their names, types and keys in the inventory, and never a value', async () => {
    const rows = await fixture.database.db.inventoryObject.findMany({ where: { clusterId, kind: 'Secret' } })
    const tls = rows.find(({ name, namespace }) => name === 'tls' && namespace?.startsWith(`net-${run}-`))
    expect(tls?.summary).toMatchObject({ keys: ['tls.crt', 'tls.key'] })
    const values = planted.flatMap(({ manifest }) =>
      manifest.kind === 'Secret' ? Object.values(manifest['data'] as Record<string, string>) : [],
    )
    const everything = JSON.stringify(
      [rows, await fixture.database.db.change.findMany(), fixture.said],
      (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item),
    )
    const keys = values.filter((value) => value.length > 100)
    expect(keys.length).toBeGreaterThan(0)
    for (const value of keys) {
      expect(everything.includes(value)).toBe(false)
      expect(everything.includes(Buffer.from(value, 'base64').toString('utf8').slice(40, 100))).toBe(false)
    }
  })
})
