import crypto from 'node:crypto'
import { columnsOf, watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeManifest, KubeObject } from '@fairlead/kube/kube-object'
import { deleteObject, getObject, listObjects, patchObject } from '@fairlead/kube/objects'
import { listAsTable } from '@fairlead/kube/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminClient } from '../testing/inventory-fixture'
import { installGatewayApi } from '../testing/install-gateway-api'
import { gatewayApi } from '@fairlead/testkit/gateway-api'
import { humanDuration } from './human-duration'
import { podManifest, podZoo } from './pod-zoo'
import { podWords } from './pod-status'
import { summarize, type SummarizedKind } from './summarize'
import { addedObjects } from './added-zoo'
import { gatewayObjects } from './gateway-zoo'
import { otherObjects } from './other-zoo'
import { resourcePath } from '@fairlead/kube/discovery'

// The oracle of every column is the server itself: its own Table, cell by cell.
let client: KubeClient
const namespace = `zoo-${crypto.randomBytes(4).toString('hex')}`

const create = (path: string, body: unknown) => client.json({ method: 'POST', path, body })
const pods = `/api/v1/namespaces/${namespace}/pods`

async function plantPods(): Promise<void> {
  for (const shape of podZoo) {
    await create(pods, podManifest(shape, namespace))
    await client.json({
      method: 'PATCH',
      path: `${pods}/${shape.name}/status`,
      contentType: 'application/merge-patch+json',
      body: { status: shape.status },
    })
  }
  for (const shape of podZoo)
    if (shape.deleted === true)
      await client.request({
        method: 'DELETE',
        path: `${pods}/${shape.name}`,
        query: { gracePeriodSeconds: 3600 },
      })
}

const collectionOf = ({ kind, metadata }: KubeManifest, name?: string): string => {
  const { apiVersion, plural } = watchedKinds[kind as WatchedKind]
  return resourcePath(apiVersion, plural, {
    namespace: metadata.namespace,
    ...(name === undefined ? {} : { name }),
  })
}
const others = [...otherObjects(namespace), ...addedObjects(namespace), ...gatewayObjects(namespace)]

/** A pod that doesn't say what it requests is refused where a quota counts requests. */
const isQuota = ({ manifest }: (typeof others)[number]): boolean => manifest.kind === 'ResourceQuota'

async function plant(objects: typeof others): Promise<void> {
  for (const { manifest, status } of objects) {
    await create(collectionOf(manifest), manifest)
    if (status !== undefined)
      await client.json({
        method: 'PATCH',
        path: `${collectionOf(manifest, manifest.metadata.name)}/status`,
        contentType: 'application/merge-patch+json',
        body: { status },
      })
  }
}

beforeAll(async () => {
  client = adminClient(process.env)
  await create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  await installGatewayApi(client, await gatewayApi())
  await plant(others.filter((object) => !isQuota(object)))
  // Late: pods that are being deleted and have no node are failed by the pod collector within half a minute.
  await plantPods()
  await plant(others.filter(isQuota))
})
afterAll(async () => {
  for (const shape of podZoo.filter(({ deleted }) => deleted === true)) {
    const ref = { apiVersion: 'v1', kind: 'Pod', namespace, name: shape.name }
    await patchObject(client, ref, { metadata: { finalizers: null } })
  }
  for (const { manifest } of others.filter(({ manifest: { metadata } }) => metadata.namespace === undefined))
    await deleteObject(client, { ...manifest, name: manifest.metadata.name })
  await client.request({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` })
  client.close()
})

/** Until two looks agree, as controllers write too: the table and the objects have to be of one moment. */
async function sameMoment(kind: SummarizedKind, within: string | undefined) {
  const { apiVersion, plural } = watchedKinds[kind]
  const versions = (objects: readonly KubeObject[]): string =>
    objects
      .map(({ metadata }) => `${metadata.uid} ${metadata.resourceVersion}`)
      .sort()
      .join()
  for (;;) {
    const scope = within === undefined ? {} : { namespace: within }
    const before = await listObjects(client, { apiVersion, kind }, scope)
    const askedAt = Date.now()
    const table = await listAsTable(client, { apiVersion, plural, ...scope })
    const read = { from: askedAt, to: Date.now() }
    const objects = await listObjects(client, { apiVersion, kind }, scope)
    if (versions(before) === versions(objects)) return { table, objects, read }
  }
}

/** What kubectl says of a time that ticks, from the time that our cell holds. */
const ticking: Partial<Record<WatchedKind, string>> = { Job: 'Duration', CronJob: 'Last Schedule' }
interface Span {
  readonly from: number
  readonly to: number
}
/** The server wrote its words at some moment of the read, by whole seconds. */
function agesDuring({ from, to }: Span, since: string): readonly string[] {
  const ages: string[] = []
  for (let at = from - 1_000; at <= to + 1_000; at += 500) ages.push(humanDuration(at - Date.parse(since)))
  return ages
}

async function compare(kind: SummarizedKind, within: string | undefined) {
  const { table, objects, read } = await sameMoment(kind, within)
  const column = (name: string): number =>
    table.columns.findIndex((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
  const problems: string[] = []
  for (const row of table.rows) {
    const object = objects.find(({ metadata }) => metadata.name === row.name)
    if (object === undefined) throw new Error(`${row.name} is in the table only`)
    const { cells } = summarize(kind, object)
    for (const name of columnsOf[kind]) {
      const theirs = row.cells[column(name)] ?? '(no such column)'
      const ours = cells[name] ?? '(no such cell)'
      const ticks = ticking[kind] === name && /^\d{4}-/.test(ours)
      const plain = kind === 'Pod' && name === 'Restarts' ? theirs.replace(/ \(.*ago\)$/, '') : theirs
      if (ticks ? !agesDuring(read, ours).includes(theirs) : ours !== plain)
        problems.push(`${row.name} ${name}: the server says "${theirs}", we say "${ours}"`)
    }
  }
  return { problems, rows: table.rows.length }
}

describe('our columns beside the server’s own table', () => {
  it('agree cell by cell over a zoo of pods', async () => {
    const { problems, rows } = await compare('Pod', namespace)
    expect(problems).toEqual([])
    expect(rows).toBeGreaterThanOrEqual(podZoo.length)
  })

  it('agree with the zoo’s own expectations, so that the table tests beside stay true', async () => {
    for (const shape of podZoo) {
      const pod = await getObject(client, { apiVersion: 'v1', kind: 'Pod', namespace, name: shape.name })
      if (pod === null) throw new Error(`${shape.name} is gone`)
      const { ready, status, restarts } = podWords(pod)
      expect([shape.name, ready, status, String(restarts)]).toEqual([shape.name, ...shape.expected])
    }
  })

  it.each([
    'Service',
    'Deployment',
    'ReplicaSet',
    'StatefulSet',
    'DaemonSet',
    'Job',
    'CronJob',
    'EndpointSlice',
    'Ingress',
    'NetworkPolicy',
    'PodDisruptionBudget',
    'HorizontalPodAutoscaler',
    'ResourceQuota',
    'PersistentVolumeClaim',
    'ConfigMap',
    'Secret',
    'ServiceAccount',
    'Gateway',
    'HTTPRoute',
    'ReferenceGrant',
  ] as const)('agree for every %s', async (kind) => {
    const { problems, rows } = await compare(kind, namespace)
    expect(problems).toEqual([])
    expect(rows).toBeGreaterThan(0)
  })

  it.each([
    'Node',
    'Namespace',
    'IngressClass',
    'PersistentVolume',
    'StorageClass',
    'ValidatingWebhookConfiguration',
    'MutatingWebhookConfiguration',
    'APIService',
    'CustomResourceDefinition',
    'GatewayClass',
  ] as const)('agree for every %s of the cluster', async (kind) => {
    const { problems, rows } = await compare(kind, undefined)
    expect(problems).toEqual([])
    expect(rows).toBeGreaterThan(0)
  })
})
