import { createDevclusters } from '@fairlead/devcluster/devcluster'
import type { ClusterInfo } from '@fairlead/devcluster/cluster-types'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { listObjects } from '@fairlead/kube/objects'
import path from 'node:path'
import { clientOf, ensureNamespace } from './cluster'
import type { Say } from './suite'
import { until } from './wait'

const namespaces = 20
const deploymentsPerNamespace = 10

export interface FleetSize {
  readonly name: string
  readonly nodes: number
  /** A multiple of 200: as many Deployments share them. */
  readonly pods: number
}
export interface Fleet {
  /** Resolves when all pods run. */
  create(): Promise<ClusterInfo>
  remove(): Promise<void>
}

export const fleetNamespace = (index: number): string =>
  `team-${String((index % namespaces) + 1).padStart(2, '0')}`

/** A control plane like any other, with kwok in the place of machines. */
export function openFleet(home: string, { name, nodes, pods }: FleetSize, say: Say): Fleet {
  const devclusters = createDevclusters({
    home: path.join(home, name),
    onProgress: ({ message }) => say(`${name}: ${message}`),
  })
  let creating: Promise<unknown> = Promise.resolve()
  return {
    // An API server that is still coming up would outlive a removal that doesn't wait for it.
    remove: async () => {
      await creating.catch(() => undefined)
      await devclusters.delete(name)
    },
    create: async () => {
      await devclusters.ensurePrerequisites('simulated')
      const coming = devclusters.create(name, { nodes: 'simulated', simulatedNodes: nodes })
      creating = coming
      const info = await coming
      const client = clientOf(info.adminKubeconfig)
      await fill(client, pods / namespaces / deploymentsPerNamespace)
      await untilReady(client, pods, (text) => say(`${name}: ${text}`))
      client.close()
      return info
    },
  }
}

async function fill(client: KubeClient, replicas: number): Promise<void> {
  for (let space = 0; space < namespaces; space++) {
    const namespace = fleetNamespace(space)
    await ensureNamespace(client, namespace)
    const all = Array.from({ length: deploymentsPerNamespace }, (_, index) =>
      deployment(namespace, { index, replicas }),
    )
    const request = { method: 'POST' as const, path: `/apis/apps/v1/namespaces/${namespace}/deployments` }
    await Promise.all(all.map((body) => client.request({ ...request, body })))
  }
}

/** As large as pods of real teams are: labels, two containers, an environment, probes, resources. */
function deployment(
  namespace: string,
  { index, replicas }: { readonly index: number; readonly replicas: number },
): Record<string, unknown> {
  const name = `service-${String(index + 1).padStart(2, '0')}`
  const labels = {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': namespace,
    'app.kubernetes.io/version': '1.4.2',
    tier: index % 2 === 0 ? 'web' : 'worker',
  }
  const environment = Array.from({ length: 12 }, (_, at) => ({
    name: `SETTING_${at}`,
    value: `value-of-${name}-${at}`,
  }))
  const container = (container: string) => ({
    name: container,
    image: 'localhost/pause:1',
    env: environment,
    ports: [{ name: `${container}-http`, containerPort: container === 'app' ? 8080 : 9090 }],
    readinessProbe: { httpGet: { path: '/ready', port: `${container}-http` } },
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
  })
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      template: { metadata: { labels }, spec: { containers: [container('app'), container('proxy')] } },
    },
  }
}

async function untilReady(client: KubeClient, pods: number, say: Say): Promise<void> {
  await until({ what: `${pods} running pods`, timeoutMs: 1_200_000, everyMs: 10_000 }, async () => {
    const all = await listObjects(client, { apiVersion: 'apps/v1', kind: 'Deployment' })
    const ready = all.reduce((sum, { status }) => sum + readyOf(status), 0)
    say(`${ready} of ${pods} pods run`)
    return ready >= pods ? true : undefined
  })
}

const readyOf = (status: unknown): number => {
  const ready = (status as { readonly readyReplicas?: unknown } | undefined)?.readyReplicas
  return typeof ready === 'number' ? ready : 0
}
