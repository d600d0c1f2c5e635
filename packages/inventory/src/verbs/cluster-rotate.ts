import { FairleadError } from '@fairlead/contracts/errors'
import type { InventoryDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { Cipher } from '@fairlead/kernel/cipher'
import { room } from '@fairlead/kernel/door'
import type { ClusterConnections } from '../connections'
import { sealConnection } from '../credential'
import { findCluster } from './find-cluster'
import { reachCluster } from './reach-cluster'

/** A new credential, and address, for the same cluster: whatever answers there has to be that cluster. */
export const clusterRotate = (db: InventoryDb, cipher: Cipher, connections: ClusterConnections) =>
  room<InventoryDb>(db).command('cluster.rotate', {
    scope: { kind: 'installation' },
    prepare: async (context, input) => {
      const cluster = await findCluster(context.db, context.actor, input)
      const { cluster: _ref, ...access } = input
      const reached = await reachCluster(connections, context.actor, {
        access,
        environment: cluster.environment,
        scope: { namespaces: cluster.namespaces, identity: cluster.uid },
      })
      if (reached.uid !== cluster.uid)
        throw new FairleadError('conflict', `This reaches another cluster than ${cluster.name}.`, {
          remedy: 'Register that one under a name of its own.',
        })
      return { cluster, connection: reached.connection }
    },
    run: async (context, _input, { cluster, connection }) => {
      const { tx, now } = context
      const { id, name } = cluster
      // The row is locked by its update, so two rotations at once get two versions.
      const updated = await tx.clusterCredential.updateManyAndReturn({
        where: { clusterId: id },
        data: { version: { increment: 1 }, kind: connection.auth.kind, rotatedAt: now },
        select: { version: true },
      })
      const version = updated[0]?.version
      if (version === undefined) throw notFound('cluster')
      await tx.clusterCredential.update({
        where: { clusterId: id },
        data: { sealed: sealConnection(cipher, connection, { clusterId: id, version }) },
        select: { clusterId: true },
      })
      await tx.cluster.update({
        where: { id },
        data: { server: connection.server },
        select: { id: true },
      })
      context.subject({ kind: 'cluster', id, name })
      context.note({
        server: connection.server,
        credential: connection.auth.kind,
        credentialVersion: version,
      })
      context.change({ topic: 'cluster', key: id, clusterId: id })
      context.ring({ doorbell: 'cluster', key: id })
      return { done: true }
    },
  })
