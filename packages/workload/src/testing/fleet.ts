import type { KubeClient, KubeRequest } from '@fairlead/kube/kube-client'
import { FairleadError } from '@fairlead/contracts/errors'
import { deleteObject } from '@fairlead/kube/objects'
import crypto from 'node:crypto'
import type { Scene } from './scene'

export interface FleetCluster {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

export interface Fleet {
  /** Where the objects of that cluster lie on the API server that they share. */
  namespaceOf(name: string): string
  /** Of those that are silent nothing is heard, until they are not. */
  readonly silent: Set<string>
  join(cluster: FleetCluster): Promise<void>
  drop(): Promise<void>
}

/** Registered clusters that are namespaces of one real API server: what one says as `namespace`, it hears as its own. */
export async function fleetOn(scene: Scene, clusters: readonly FleetCluster[]): Promise<Fleet> {
  const { db } = scene.database
  const names = new Map<string, string>()
  const clients = new Map<string, KubeClient>()
  const silent = new Set<string>()
  const namespaceOf = (name: string): string => `${scene.namespace}-${name}`
  const join = async ({ name, labels }: FleetCluster): Promise<void> => {
    const environment = 'staging'
    const { id } = await db.cluster.create({
      data: { name, labels, uid: crypto.randomUUID(), environment, colour: 1, server: 'https://127.0.0.1' },
    })
    await db.destination.create({
      data: { projectId: scene.projectId, clusterId: id, namespace: scene.namespace },
    })
    names.set(id, name)
  }
  for (const cluster of clusters) await join(cluster)
  scene.clientOf = async (id) => {
    const name = names.get(id)
    if (name === undefined) return scene.client
    if (silent.has(name)) throw new FairleadError('cluster_unreachable', `${name} does not answer.`)
    const client = clients.get(id) ?? shifted(scene.client, scene.namespace, namespaceOf(name))
    clients.set(id, client)
    return client
  }
  return {
    namespaceOf,
    silent,
    join,
    drop: async () => {
      for (const name of names.values())
        await deleteObject(scene.admin, {
          apiVersion: 'v1',
          kind: 'Namespace',
          name: namespaceOf(name),
        }).catch(() => false)
    },
  }
}

/** `from` is random, so whatever spells it is the namespace. */
function shifted(client: KubeClient, from: string, to: string): KubeClient {
  const there = (request: KubeRequest): KubeRequest => ({
    ...request,
    path: request.path.replaceAll(from, to),
    ...(request.body === undefined
      ? {}
      : {
          body:
            typeof request.body === 'string'
              ? request.body.replaceAll(from, to)
              : (JSON.parse(JSON.stringify(request.body).replaceAll(from, to)) as unknown),
        }),
  })
  return {
    ...client,
    request: async (request) => {
      const response = await client.request(there(request))
      return { ...response, text: response.text.replaceAll(to, from) }
    },
    json: async (request) =>
      JSON.parse(JSON.stringify(await client.json(there(request))).replaceAll(to, from)) as unknown,
    stream: (request) => client.stream(there(request)),
  }
}
