import { once } from 'node:events'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { recordIn, recordsIn } from '@fairlead/contracts/loose-json'
import { applyObject } from '@fairlead/kube/apply'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { deleteObject, getObject } from '@fairlead/kube/objects'
import { testCertificate, testKey, validNow } from '@fairlead/kube/test-certificate'
import { eventually } from './inventory-fixture'

interface Said {
  readonly pods: readonly {
    readonly namespace: string
    readonly name: string
    readonly at: Date
    readonly containers: readonly { readonly name: string; readonly cpu: string; readonly memory: string }[]
  }[]
  readonly nodes: readonly {
    readonly name: string
    readonly at: Date
    readonly cpu: string
    readonly memory: string
  }[]
}

export interface MetricsServer {
  /** What it answers from now on. */
  say(said: Said): void
  /** Resolves when the API server finds it so. */
  available(): Promise<void>
  unavailable(): Promise<void>
  /** Stops answering, and stays registered. */
  close(): Promise<void>
  /** Takes it out of the cluster too. */
  stop(): Promise<void>
}

const groupVersion = 'metrics.k8s.io/v1beta1'
const registration = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  name: 'v1beta1.metrics.k8s.io',
  namespace: null,
}

function answerTo(path: string, { pods, nodes }: Said): object | null {
  const list = (kind: string, items: readonly object[]) => ({
    kind,
    apiVersion: groupVersion,
    metadata: {},
    items,
  })
  const measured = (at: Date) => ({ timestamp: at.toISOString(), window: '15s' })
  if (path === `/apis/${groupVersion}`)
    return {
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion,
      resources: [
        { name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: ['get', 'list'] },
        { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
      ],
    }
  if (path === `/apis/${groupVersion}/pods`)
    return list(
      'PodMetricsList',
      pods.map(({ namespace, name, at, containers }) => ({
        metadata: { namespace, name },
        ...measured(at),
        containers: containers.map(({ name: container, ...usage }) => ({ name: container, usage })),
      })),
    )
  if (path === `/apis/${groupVersion}/nodes`)
    return list(
      'NodeMetricsList',
      nodes.map(({ name, at, ...usage }) => ({ metadata: { name }, ...measured(at), usage })),
    )
  return null
}

/**
 * A server of metrics.k8s.io that answers what it is told, behind an APIService of the real API server: the Service is
 * an ExternalName, so that the aggregator dials this process. One at a time per cluster, as APIServices are.
 */
export async function startMetricsServer(admin: KubeClient, namespace: string): Promise<MetricsServer> {
  let said: Said = { pods: [], nodes: [] }
  const key = testKey()
  const server = https.createServer(
    { key: key.keyPem, cert: testCertificate(key, validNow) },
    (request, response) => {
      const answer = answerTo(new URL(request.url ?? '/', 'https://localhost').pathname, said)
      response.writeHead(answer === null ? 404 : 200, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify(answer ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 }),
      )
    },
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  const apply = (object: Parameters<typeof applyObject>[1]) =>
    applyObject(admin, object, { fieldManager: 'test' })
  await apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'metrics', namespace },
    spec: { type: 'ExternalName', externalName: 'localhost' },
  })
  await apply({
    apiVersion: registration.apiVersion,
    kind: registration.kind,
    metadata: { name: registration.name },
    spec: {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { namespace, name: 'metrics', port },
    },
  })
  const becomes = (status: string) =>
    eventually(`an APIService with Available ${status}`, async () => {
      const found = await getObject(admin, registration)
      const conditions = recordsIn(recordIn(found?.['status'])['conditions'])
      return conditions.some((each) => each['type'] === 'Available' && each['status'] === status)
    })
  return {
    say: (next) => void (said = next),
    available: async () => void (await becomes('True')),
    unavailable: async () => void (await becomes('False')),
    close,
    stop: async () => {
      await deleteObject(admin, registration)
      await close()
    },
  }
}
