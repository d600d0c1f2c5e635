import { FairleadError } from '@fairlead/contracts/errors'
import type { InventoryDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { checkConnection } from '@fairlead/kube/check'
import type { CheckScope } from '@fairlead/kube/check-scope'
import { isOfNamespaces } from '@fairlead/kube/cluster-identity'
import type { ClusterConnections } from '../connections'
import { otherCluster } from '../identity-gate'
import { namesOf } from '../namespace-names'
import { findCluster } from './find-cluster'

/** What a check found; throws the step that failed. Rights that are missing are shown kind by kind. */
async function asked(connections: ClusterConnections, clusterId: string, scope: CheckScope) {
  const connection = await connections.connectionOf(clusterId)
  const { steps, uid } = await checkConnection(connection, connections.options, scope)
  const failed = steps.find(({ step, passed }) => !passed && step !== 'rights')
  if (failed !== undefined || uid === null)
    throw new FairleadError(
      failed?.step === 'identity' ? 'cluster_denied' : 'cluster_unreachable',
      `The cluster can't be asked: ${failed?.message ?? 'its identity could not be read'}`,
    )
  if (scope.identity !== null && uid !== scope.identity) throw otherCluster(connection.server)
  return { uid, rights: steps.find(({ step }) => step === 'rights')?.message ?? null }
}

/** Which namespaces are watched where the credential may not read them all; none = the whole cluster. */
export const clusterSetNamespaces = (db: InventoryDb, connections: ClusterConnections) =>
  room<InventoryDb>(db).command('cluster.setNamespaces', {
    scope: { kind: 'installation' },
    prepare: async (context, input) => {
      const cluster = await findCluster(context.db, context.actor, input)
      const namespaces = namesOf(input.namespaces)
      const known = await asked(connections, cluster.id, { namespaces, identity: cluster.uid })
      if (!isOfNamespaces(cluster.uid)) return { cluster, namespaces, ...known }
      // It is the same cluster; from now on it is known by what is watched from now on.
      return {
        cluster,
        namespaces,
        ...(await asked(connections, cluster.id, { namespaces, identity: null })),
      }
    },
    run: async (context, _input, { cluster, namespaces, uid, rights }) => {
      const { tx } = context
      const { id, name } = cluster
      const taken = await tx.cluster.findFirst({ where: { uid, NOT: { id } }, select: { name: true } })
      if (taken !== null)
        throw new FairleadError('conflict', `This cluster is registered a second time, as ${taken.name}.`)
      await tx.cluster.update({
        where: { id },
        data: { namespaces: [...namespaces], uid },
        select: { id: true },
      })
      context.subject({ kind: 'cluster', id, name })
      context.note({ namespaces, before: cluster.namespaces, rights })
      context.change({ topic: 'cluster', key: id, clusterId: id })
      context.ring({ doorbell: 'cluster', key: id })
      return { done: true }
    },
  })
