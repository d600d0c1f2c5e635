import { FairleadError } from '@fairlead/contracts/errors'
import type { InventoryDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { findCluster } from './find-cluster'

/**
 * Forgets a cluster: credential, lease, inventory, events, and the destinations that lead there. Nothing in the cluster
 * itself is touched.
 */
export const clusterRemove = (db: InventoryDb) =>
  room<InventoryDb>(db).command('cluster.remove', {
    scope: { kind: 'installation' },
    prepare: (context, input) => findCluster(context.db, context.actor, input),
    run: async (context, input, { id, name }) => {
      context.subject({ kind: 'cluster', id, name })
      if (input.confirm !== name)
        throw new FairleadError('invalid', `Type the cluster's name to remove it.`, {
          path: 'confirm',
          found: input.confirm.slice(0, 100),
          expected: name,
        })
      // The lease first: it waits for a write that is under way, and whatever comes after it is fenced off.
      await context.tx.clusterLease.deleteMany({ where: { clusterId: id } })
      await context.tx.episode.deleteMany({ where: { clusterId: id } })
      await context.tx.destination.deleteMany({ where: { clusterId: id } })
      await context.tx.cluster.deleteMany({ where: { id } })
      context.change({ topic: 'cluster', key: id, op: 'delete', clusterId: id })
      context.change({ topic: 'inventory', key: id, op: 'delete', clusterId: id })
      context.ring({ doorbell: 'cluster', key: id })
      return { done: true }
    },
  })
