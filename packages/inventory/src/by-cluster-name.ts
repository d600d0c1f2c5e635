import type { InventoryDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { ClusterConnections } from './connections'

interface Destination {
  readonly cluster: string
  readonly namespace: string
}

/** Where a project may run, by cluster name: what workflow orchestration knows of clusters. */
export const destinationsOf =
  (db: Pick<InventoryDb, 'destination' | 'cluster'>) =>
  async (projectId: string): Promise<readonly Destination[]> => {
    const destinations = await db.destination.findMany({ where: { projectId } })
    const clusters = await db.cluster.findMany({
      where: { id: { in: destinations.map(({ clusterId }) => clusterId) } },
      select: { id: true, name: true },
    })
    const names = new Map(clusters.map(({ id, name }) => [id, name]))
    return destinations.flatMap(({ clusterId, namespace }) => {
      const cluster = names.get(clusterId)
      return cluster === undefined ? [] : [{ cluster, namespace }]
    })
  }

/** The shared client of a registered cluster by its name. */
export const clientOfName =
  (db: Pick<InventoryDb, 'cluster'>, connections: ClusterConnections) =>
  async (name: string): Promise<KubeClient> => {
    const cluster = await db.cluster.findUnique({ where: { name }, select: { id: true } })
    if (cluster === null) throw notFound('cluster')
    return connections.clientOf(cluster.id)
  }
