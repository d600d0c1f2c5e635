import crypto from 'node:crypto'
import type { ComparisonView } from '@fairlead/contracts/comparison'
import { labelKeys } from '@fairlead/contracts/labels'
import type { InputOf } from '@fairlead/contracts/surface'
import type { Call } from '@fairlead/kernel/context'
import { applyObject } from '@fairlead/kube/apply'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  adminClient,
  callAs,
  eventually,
  inventoryFixture,
  testKubeconfig,
  type InventoryFixture,
} from '../testing/inventory-fixture'
import { tcpProxy, type TcpProxy } from '../testing/tcp-proxy'

// Two namespaces of a real API server that differ by construction, beside all that a server adds by itself.
const mark = crypto.randomBytes(4).toString('hex')
const [staging, production] = [`compare-staging-${mark}`, `compare-production-${mark}`]
const value = (): string => `value-${crypto.randomBytes(8).toString('hex')}`
const values = { staging: value(), production: value() }
let fixture: InventoryFixture
let admin: KubeClient
let proxy: TcpProxy
let clusterId = ''

const apply = (namespace: string, object: { readonly kind: string; readonly metadata: { name: string } }) =>
  applyObject(
    admin,
    { apiVersion: 'v1', ...object, metadata: { ...object.metadata, namespace } },
    { fieldManager: 'test' },
  )
const deployment = (name: string, spec: { readonly replicas?: number; readonly containers: object[] }) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, labels: name === 'web' ? { [labelKeys.application]: 'checkout' } : {} },
  spec: {
    replicas: spec.replicas ?? 0,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: spec.containers } },
  },
})
const image = (tag: number): string => `registry.example.org/web:${tag}`
const log = { name: 'LOG', value: 'info' }
const pair = [
  { name: 'main', image: image(1) },
  { name: 'proxy', image: image(2) },
]
const service = {
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80 }] },
}
const settings = { kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: 'b' } }
const secret = (stringData: Readonly<Record<string, string>>) => ({
  kind: 'Secret',
  metadata: { name: 'key' },
  stringData,
})

async function plant(): Promise<void> {
  for (const name of [staging, production])
    await applyObject(
      admin,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      { fieldManager: 'test' },
    )
  const main = { name: 'main', image: image(1), env: [log] }
  await apply(staging, deployment('web', { containers: [main] }))
  await apply(
    production,
    deployment('web', {
      replicas: 1,
      containers: [{ ...main, image: image(2), env: [{ name: 'EXTRA', value: '1' }, log] }],
    }),
  )
  await apply(staging, deployment('same', { containers: pair }))
  await apply(production, deployment('same', { containers: pair.toReversed() }))
  for (const name of [staging, production]) await apply(name, service)
  await apply(staging, settings)
  await apply(staging, secret({ password: values.staging, user: values.staging }))
  await apply(production, secret({ password: values.production }))
}

/** What a cluster's owner may allow beyond fairlead-console.yaml: here in these two namespaces alone. */
async function allowSecrets(namespace: string): Promise<void> {
  const group = 'rbac.authorization.k8s.io'
  const path = `/apis/${group}/v1/namespaces/${namespace}`
  const metadata = { name: 'list-secrets' }
  const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }]
  await admin.json({ method: 'POST', path: `${path}/roles`, body: { metadata, rules } })
  const subjects = [{ kind: 'ServiceAccount', name: 'fairlead-console', namespace: 'fairlead-system' }]
  const roleRef = { apiGroup: group, kind: 'Role', name: 'list-secrets' }
  await admin.json({ method: 'POST', path: `${path}/rolebindings`, body: { metadata, roleRef, subjects } })
}

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  admin = adminClient(process.env)
  const given = testKubeconfig(process.env, 'FAIRLEAD_TEST_KUBECONFIG')
  const server = new URL(/server:\s*"?(https:\/\/[^\s"]+)/.exec(given)?.[1] ?? '')
  proxy = await tcpProxy({ host: server.hostname, port: Number(server.port) })
  await plant()
  const kubeconfig = given.replaceAll(server.host, `127.0.0.1:${proxy.port}`)
  clusterId = (await fixture.ask('cluster.register', { name: 'real', kubeconfig })).id
})
afterAll(async () => {
  for (const name of [staging, production])
    await admin.request({ method: 'DELETE', path: `/api/v1/namespaces/${name}` })
  admin.close()
  await fixture.close()
  await proxy.close()
})

const sides = (left: string, right: string): InputOf<'fleet.compare'> => ({
  left: { cluster: 'real', namespace: left },
  right: { cluster: 'real', namespace: right },
})
const compare = (left: string, right: string, call?: Call): Promise<ComparisonView> =>
  fixture.ask('fleet.compare', sides(left, right), call)
const said = ({ objects }: ComparisonView): string[] =>
  objects.map(({ kind, name, outcome }) => `${kind}/${name} ${outcome}`)
const container = 'spec.template.spec.containers[main]'
const fieldsOfWeb = [
  { path: 'spec.replicas', left: '0', right: '1' },
  { path: `${container}.env[EXTRA]`, left: null, right: '{"name":"EXTRA","value":"1"}' },
  { path: `${container}.image`, left: image(1), right: image(2) },
]

describe('two namespaces of a cluster', () => {
  it('differ by what was written into them, and by nothing that the server added', async () => {
    const view = await compare(staging, production)
    expect(said(view)).toEqual([
      'ConfigMap/settings left',
      'Deployment/same equal',
      'Deployment/web different',
      'Service/web equal',
    ])
    expect(view.objects.find(({ name }) => name === 'web')).toMatchObject({
      differences: fieldsOfWeb,
      more: 0,
    })
    expect(view.counts).toEqual({ different: 1, left: 1, right: 0, equal: 2 })
    expect(view).toMatchObject({ read: 'live', application: null, left: { namespace: staging } })
  })

  it('say the same when they are swapped, and nothing of one compared with itself', async () => {
    const { counts, objects } = await compare(production, staging)
    expect(counts).toEqual({ different: 1, left: 0, right: 1, equal: 2 })
    expect(objects.find(({ name }) => name === 'web')?.differences).toEqual(
      fieldsOfWeb.map(({ path, left, right }) => ({ path, left: right, right: left })),
    )
    expect((await compare(staging, staging)).counts).toEqual({ different: 0, left: 0, right: 0, equal: 4 })
  })

  it('are compared as far as one application reaches', async () => {
    const view = await fixture.ask('fleet.compare', {
      ...sides(staging, production),
      application: 'checkout',
    })
    expect(said(view)).toEqual(['Deployment/web different'])
    expect(view.application).toBe('checkout')
  })

  it('leave Secrets out where their owner allows no list, and compare keys alone where he does', async () => {
    expect((await compare(staging, production)).leftOut).toEqual([
      'Secret of real: its owner allows no list of them (infra/rbac/fairlead-console-secrets.yaml)',
    ])
    await allowSecrets(staging)
    await allowSecrets(production)
    const view = await eventually('the right to list Secrets', async () => {
      const answer = await compare(staging, production)
      return answer.leftOut.length === 0 && answer
    })
    expect(view.objects.find(({ kind }) => kind === 'Secret')).toMatchObject({
      outcome: 'different',
      differences: [{ path: 'data.user', left: '(not compared)', right: null }],
    })
    const every = fixture.said.join('\n')
    for (const text of Object.values(values))
      for (const form of [text, Buffer.from(text).toString('base64')]) expect(every).not.toContain(form)
  })
})

describe('what can not be compared', () => {
  const viewerOf = async (namespace: string): Promise<Call> => {
    const destinations = { create: { clusterId, namespace } }
    const project = await fixture.database.db.project.create({
      data: { name: `of-${namespace}`, destinations },
    })
    return callAs([{ projectId: project.id, role: 'viewer' }])
  }

  it('is a namespace that the person may not see, on either side', async () => {
    const viewer = await viewerOf(staging)
    for (const [left, right] of [
      [staging, production],
      [production, staging],
    ] as const)
      await expect(compare(left, right, viewer)).rejects.toMatchObject({ code: 'not_found' })
    expect((await compare(staging, staging, viewer)).counts.different).toBe(0)
  })

  it('is a namespace that is not there, which would seem to lack everything', async () => {
    await expect(compare(staging, `none-${mark}`)).rejects.toMatchObject({
      code: 'not_found',
      message: `The cluster real has no namespace none-${mark}.`,
    })
  })

  it('is a namespace with a cluster', async () => {
    const { left } = sides(staging, production)
    await expect(fixture.ask('fleet.compare', { left, right: { cluster: 'real' } })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('is a silent cluster, which is named', async () => {
    proxy.cut()
    try {
      await expect(compare(staging, production)).rejects.toMatchObject({
        code: 'cluster_unreachable',
        message: expect.stringContaining("The cluster real can't be compared now") as string,
      })
    } finally {
      proxy.restore()
    }
  })
})
