import { actAsOf, type ActingView } from '@fairlead/contracts/acting'
import { FairleadError } from '@fairlead/contracts/errors'
import type { InventoryDb } from '@fairlead/db/views'
import type { QueryContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { checkActing } from '@fairlead/kube/check-acting'
import type { ClusterConnections } from '../connections'
import { principalIn } from '../principal'
import { findCluster } from './find-cluster'

type Check = Omit<ActingView, 'actAs'>

/** Asked with Fairlead's own credential, in the name of whoever wants to know: the cluster answers for itself. */
async function checkNow(
  { db, actor, signal }: QueryContext<InventoryDb>,
  connections: ClusterConnections,
  clusterId: string,
): Promise<Check> {
  const you = await principalIn(db, clusterId, actor)
  return { you, ...(await checkActing(await connections.clientOf(clusterId), you, signal)) }
}

export const clusterActing = (db: InventoryDb, connections: ClusterConnections) =>
  room<InventoryDb>(db).query('cluster.acting', {
    scope: { kind: 'installation' },
    run: async (context, input): Promise<ActingView> => {
      const { id } = await findCluster(context.db, context.actor, input)
      const stored = await context.db.cluster.findUniqueOrThrow({ where: { id }, select: { actAs: true } })
      return { actAs: actAsOf(stored.actAs), ...(await checkNow(context, connections, id)) }
    },
  })

function assertWorks({ works, missing }: Check, cluster: string): void {
  if (works) return
  throw new FairleadError('cluster_denied', `${cluster} does not let Fairlead act as people.`, {
    found: `missing: ${missing.join(', ')}`,
    expected: 'the right to impersonate users and groups',
    remedy: 'Its owner can give the right: kubectl apply -f infra/rbac/fairlead-impersonation.yaml',
  })
}

/** Switched on only once the cluster has taken a question in the administrator's own name; switched off at any time. */
export const clusterSetActing = (db: InventoryDb, connections: ClusterConnections) =>
  room<InventoryDb>(db).command('cluster.setActing', {
    scope: { kind: 'installation' },
    prepare: async (context, { actAs, ...ref }) => {
      const cluster = await findCluster(context.db, context.actor, ref)
      context.subject({ kind: 'cluster', id: cluster.id, name: cluster.name })
      context.note({ actAs })
      if (actAs === 'fairlead') return cluster
      const check = await checkNow(context, connections, cluster.id)
      context.note({ reachesMasters: check.reachesMasters })
      assertWorks(check, cluster.name)
      return cluster
    },
    run: async (context, { actAs }, { id }) => {
      await context.tx.cluster.update({ where: { id }, data: { actAs }, select: { id: true } })
      context.change({ topic: 'cluster', key: id, clusterId: id })
      return { done: true }
    },
  })
