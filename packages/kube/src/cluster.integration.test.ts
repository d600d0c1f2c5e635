import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyObject } from './apply'
import { checkConnection } from './check'
import { connect } from './connection'
import { readControlPlane } from './control-plane'
import { resolveResource } from './discovery'
import { verdictOf } from './health/verdict-of'
import type { EndpointAllowance } from './endpoint-guard'
import type { ClusterConnection, KubeClient } from './kube-client'
import type { KubeManifest, KubeObject } from './kube-object'
import { heartbeat } from './heartbeat'
import { watchKind, type Change } from './list-watch'
import { podLogs } from './logs'
import { deleteObject, getObject, listObjects, patchObject } from './objects'
import { listAsTable } from './table'
import { parseKubeconfig } from './kubeconfig-import'

/** The real API server of the integration tests: local, so loopback and private ranges are allowed. */
const testAllowance: EndpointAllowance = {
  cidrs: ['127.0.0.0/8', '::1/128', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'],
}

/** Throws where no cluster is given: a test that skips itself proves nothing. */
function testConnection(): ClusterConnection {
  const file = process.env['FAIRLEAD_TEST_KUBECONFIG']
  if (file === undefined || file === '')
    throw new Error(
      'FAIRLEAD_TEST_KUBECONFIG is not set: it names the self-contained kubeconfig of a real API server',
    )
  return parseKubeconfig(readFileSync(file, 'utf8'), { development: true, fileName: file })
}

const namespace = `kube-test-${randomBytes(4).toString('hex')}`
const fieldManager = 'fairlead-test'
const labels = { 'kube-test': namespace }
let client: KubeClient

const configMap = (name: string, data: Record<string, string>): KubeManifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, labels },
  data,
})
const deployment = (name: string, podSpec: object): KubeManifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace, labels },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [{ name: 'app', image: 'example.invalid/none:1', imagePullPolicy: 'Never' }],
        ...podSpec,
      },
    },
  },
})
const until = async <T>(read: () => Promise<T>, met: (value: T) => boolean): Promise<T> => {
  const limit = Date.now() + 120_000
  for (;;) {
    const value = await read()
    if (met(value)) return value
    if (Date.now() > limit) throw new Error(`Not within two minutes: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

beforeAll(async () => {
  client = connect(testConnection(), { allow: testAllowance })
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }
  await applyObject(client, object, { fieldManager })
})
afterAll(async () => {
  for (const kind of ['Deployment', 'ConfigMap', 'Service'])
    for (const { apiVersion, metadata } of await listObjects(
      client,
      { apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind },
      { namespace, labelSelector: `kube-test=${namespace}` },
    ))
      await deleteObject(client, { apiVersion, kind, namespace, name: metadata.name })
  client.close()
})

describe('a connection check', () => {
  it('passes every step and finds the identity of the cluster', async () => {
    const check = await checkConnection(testConnection(), { allow: testAllowance })
    expect(check.steps.filter(({ passed }) => !passed)).toEqual([])
    expect(check.steps.map(({ step }) => step)).toEqual([
      'dns',
      'tcp',
      'tls',
      'auth',
      'version',
      'identity',
      'rights',
    ])
    const kubeSystem = await getObject(client, { apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' })
    expect(check.uid).toBe(kubeSystem?.metadata.uid)
  })
  it('stops at tcp where nothing listens, at tls for another authority, at auth for a wrong token', async () => {
    const good = testConnection()
    const token = { kind: 'token', token: 'not-a-token' } as const
    const cases = [
      ['tcp', { ...good, server: 'https://127.0.0.1:1' }],
      ['tls', { ...good, caPem: null }],
      ['auth', { ...good, auth: token }],
    ] as const
    for (const [step, connection] of cases) {
      const check = await checkConnection(connection, { allow: testAllowance })
      expect(check.steps.at(-1)).toMatchObject({ step, passed: false })
    }
  })
  it('reads the control plane', async () => {
    const signals = await readControlPlane(client, { dryRun: true })
    for (const taken of [signals.livez, signals.readyz, [signals.etcd]])
      expect(taken.map(({ status }) => status)).toEqual(taken.map(() => 200))
    expect(signals.dryRun?.status).toBe(201)
    expect(signals.leases.scheduler).toMatchObject({ state: 'read', holder: expect.any(String) })
    expect(signals.leases['controller-manager']).toMatchObject({ state: 'read', holder: expect.any(String) })
    expect(signals.nodes?.length).toBeGreaterThan(0)
    expect(signals.serverTime).not.toBeNull()
    const left = await listObjects(client, { apiVersion: 'v1', kind: 'ConfigMap' }, { namespace: 'default' })
    expect(left.filter(({ metadata }) => metadata.name.startsWith('fairlead-'))).toEqual([])
  })
})

describe('server-side apply', () => {
  const name = 'applied'
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name }
  it('creates, changes nothing when nothing changed, changes, and removes what is left out', async () => {
    const created = await applyObject(client, configMap(name, { a: '1', b: '1' }), { fieldManager })
    const again = await applyObject(client, configMap(name, { a: '1', b: '1' }), { fieldManager })
    expect(again.object.metadata.resourceVersion).toBe(created.object.metadata.resourceVersion)
    await applyObject(client, configMap(name, { a: '2' }), { fieldManager })
    expect((await getObject(client, ref))?.['data']).toEqual({ a: '2' })
  })
  it('dry-runs without a trace', async () => {
    const { object } = await applyObject(client, configMap(name, { a: '3' }), { fieldManager, dryRun: true })
    expect(object['data']).toEqual({ a: '3' })
    expect((await getObject(client, ref))?.['data']).toEqual({ a: '2' })
  })
  it('names the other owner of a field, and takes it over only by force', async () => {
    await patchObject(client, ref, { data: { a: 'edited' } }, { fieldManager: 'somebody' })
    const applied = applyObject(client, configMap(name, { a: '4' }), { fieldManager })
    await expect(applied).rejects.toMatchObject({
      code: 'conflict',
      conflicts: [{ field: 'data.a', manager: 'somebody' }],
    })
    const forced = await applyObject(client, configMap(name, { a: '4' }), { fieldManager, force: true })
    expect(forced.object['data']).toEqual({ a: '4' })
  })
  it('returns the warnings of admission', async () => {
    const old = deployment('warned', { nodeSelector: { 'beta.kubernetes.io/os': 'linux' } })
    const { warnings } = await applyObject(client, old, { fieldManager, dryRun: true })
    expect(warnings.join()).toContain('deprecated')
  })
  it('tells unknown fields, invalid values and unknown kinds apart', async () => {
    const apply = (object: KubeManifest) => applyObject(client, object, { fieldManager, dryRun: true })
    await expect(apply({ ...configMap('x', {}), nonsense: 1 })).rejects.toMatchObject({
      code: 'cluster_refused',
    })
    await expect(apply(deployment('x', { containers: [] }))).rejects.toMatchObject({
      code: 'cluster_refused',
    })
    await expect(apply({ ...configMap('x', {}), kind: 'Nonsense' })).rejects.toMatchObject({
      code: 'not_found',
    })
    const { namespace: _, ...metadata } = configMap('x', {}).metadata
    await expect(apply({ ...configMap('x', {}), metadata })).rejects.toMatchObject({ code: 'invalid' })
  })
  it('deletes once, and only the object that was meant', async () => {
    await expect(
      deleteObject(client, ref, { uid: '00000000-0000-0000-0000-000000000000' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await deleteObject(client, ref)).toBe(true)
    expect(await getObject(client, ref)).toBeNull()
    expect(await deleteObject(client, ref)).toBe(false)
  })
  it('resolves kinds of any group', async () => {
    expect(await resolveResource(client, 'apps/v1', 'Deployment')).toMatchObject({
      plural: 'deployments',
      namespaced: true,
    })
    expect(await resolveResource(client, 'v1', 'Node')).toMatchObject({ plural: 'nodes', namespaced: false })
  })
})

describe('a watch', () => {
  it('lists, then sees creation, change and deletion, and stays live', async () => {
    await applyObject(client, configMap('before', { a: '1' }), { fieldManager })
    const stop = new AbortController()
    const synced: string[] = []
    const seen: Change<string>[] = []
    const states: string[] = []
    const poison: string[] = []
    const target = { apiVersion: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespace }
    const words = ({ metadata, data }: KubeObject) => `${metadata.name} ${JSON.stringify(data)}`
    const beating = heartbeat(client, { signal: stop.signal, everyMs: 100, timeoutMs: 60_000 })
    const watching = watchKind<string>(
      client,
      { ...target, labelSelector: `kube-test=${namespace}` },
      {
        startSync: () => ({
          chunk: (found) => void synced.push(...found),
          finish: () => undefined,
          abandon: () => undefined,
        }),
        onChanges: (changes) => void seen.push(...changes),
        onState: (state) => void states.push(state),
        onHeartbeat: () => undefined,
        onPoison: (message) => void poison.push(message),
      },
      { signal: stop.signal, project: words },
    )
    await until(
      async () => states.at(-1),
      (state) => state === 'live',
    )
    expect(synced).toEqual(['before {"a":"1"}'])
    const later = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'later' }
    await applyObject(client, configMap('later', { a: '1' }), { fieldManager })
    await applyObject(client, configMap('later', { a: '2' }), { fieldManager })
    await deleteObject(client, later)
    await until(
      async () => seen.length,
      (count) => count === 3,
    )
    expect(seen.map(({ type, object }) => `${type} ${object}`)).toEqual([
      'upsert later {"a":"1"}',
      'upsert later {"a":"2"}',
      'delete later {"a":"2"}',
    ])
    stop.abort()
    await Promise.all([watching, beating])
    expect(states).toEqual(['syncing', 'live'])
    expect(poison).toEqual([])
  })
})

describe('a verdict on live objects', () => {
  const observe = async (name: string) => {
    const object = await getObject(client, { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name })
    if (object === null) throw new Error(`${name} does not exist`)
    const options = { namespace, labelSelector: `app=${name}` }
    const replicaSets = await listObjects(client, { apiVersion: 'apps/v1', kind: 'ReplicaSet' }, options)
    const pods = await listObjects(client, { apiVersion: 'v1', kind: 'Pod' }, options)
    return { object, context: { replicaSets, pods } }
  }
  it('names the missing service account long before the deadline', async () => {
    const { object } = await applyObject(client, deployment('no-account', { serviceAccountName: 'ghost' }), {
      fieldManager,
    })
    const minGeneration = object.metadata.generation ?? null
    const verdict = await until(
      async () =>
        observe('no-account').then((seen) => verdictOf(seen.object, { ...seen.context, minGeneration })),
      ({ state }) => state === 'degraded',
    )
    expect(verdict.evidence[0]).toMatchObject({
      reason: 'ServiceAccountMissing',
      objectKind: 'Deployment',
    })
    expect(verdict.message).toContain('ghost')
  })
  it('names the pod that no node takes', async () => {
    await applyObject(client, deployment('no-node', { nodeSelector: { 'kube-test': 'nowhere' } }), {
      fieldManager,
    })
    const verdict = await until(
      async () => observe('no-node').then(({ object, context }) => verdictOf(object, context)),
      ({ evidence }) => evidence[0]?.reason === 'Unschedulable',
    )
    expect(verdict.evidence[0]).toMatchObject({ objectKind: 'Pod' })
  })
  it('is unproven at 0 replicas', async () => {
    const idle = deployment('idle', {})
    const spec = { ...(typeof idle['spec'] === 'object' ? idle['spec'] : {}), replicas: 0 }
    await applyObject(client, { ...idle, spec }, { fieldManager })
    const { state } = await until(
      async () => observe('idle').then(({ object }) => verdictOf(object)),
      ({ observedGeneration }) => observedGeneration !== null,
    )
    expect(state).toBe('unproven')
  })
})

describe('reads', () => {
  it("show the server's own columns", async () => {
    const table = await listAsTable(client, { apiVersion: 'v1', plural: 'namespaces' })
    expect(table.columns.map(({ name }) => name)).toEqual(['Name', 'Status', 'Age'])
    expect(table.rows.find(({ name }) => name === namespace)?.cells[1]).toBe('Active')
  })
  it('of logs of a pod that is not there say so', async () => {
    await expect(podLogs(client, { namespace, pod: 'ghost', container: 'app' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
  it('follow continue tokens to the end', async () => {
    for (let index = 0; index < 5; index += 1)
      await applyObject(client, configMap(`many-${index}`, {}), { fieldManager })
    const found = await listObjects(
      client,
      { apiVersion: 'v1', kind: 'ConfigMap' },
      { namespace, labelSelector: `kube-test=${namespace}` },
    )
    expect(found.filter(({ metadata }) => metadata.name.startsWith('many-'))).toHaveLength(5)
  })
})
