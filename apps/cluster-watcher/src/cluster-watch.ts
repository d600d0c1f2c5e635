import { rolloutIdSchema } from '@fairlead/contracts/ids'
import { messageOf } from '@fairlead/contracts/errors'
import type { Clock } from '@fairlead/contracts/decision'
import type { TransactionalSql } from '@fairlead/db/fast-sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { ClusterConnections } from '@fairlead/inventory/connections'
import type { Lease, WatchedCluster } from '@fairlead/inventory/lease'
import { watchCluster } from '@fairlead/inventory/watch-cluster'
import type { Queues } from '@fairlead/queue/queues'
import type { Logger } from 'pino'

export interface ClusterWatch {
  readonly lease: Lease
  readonly credentialVersion: number
  /** Those that it was started for, joined. */
  readonly namespaces: string
  /** It has stopped by itself: somebody else writes this cluster, or it is gone. */
  readonly ended: boolean
  stop(): Promise<void>
}

export interface ClusterWatchDeps {
  readonly db: InventoryDb
  readonly sql: TransactionalSql
  readonly connections: ClusterConnections
  readonly queues: Pick<Queues, 'ring'>
  readonly clock: Clock
  readonly log: Logger
}

/** One cluster: whatever goes wrong with it is its own affair. */
export function startClusterWatch(
  deps: ClusterWatchDeps,
  lease: Lease,
  cluster: WatchedCluster,
): ClusterWatch {
  const { db, sql, connections, queues, clock } = deps
  const log = deps.log.child({ cluster: cluster.name, epoch: Number(lease.epoch) })
  const stopping = new AbortController()
  let ended = false
  const work = watchCluster(
    {
      db,
      sql,
      connections,
      clock,
      // Not awaited: a bell that can't be rung must not hold up what is seen, and the sweep finds its key.
      onRollouts: (rollouts) => {
        const keys = rollouts.filter((key) => rolloutIdSchema.safeParse(key).success)
        queues
          .ring(keys.map((key) => ({ doorbell: 'rollout', key })))
          .catch((error: unknown) => log.warn({ reason: messageOf(error) }, 'a bell could not be rung'))
      },
      onFenced: () => {
        log.warn('another watcher has this cluster, or it was removed')
        stopping.abort()
      },
      onPoison: (kind, message) => log.warn({ kind, reason: message }, 'an object was left out'),
      onError: (error) => log.warn({ reason: messageOf(error) }, 'the watch will try again'),
      onConnected: (connected) => log.info(connected, 'connected'),
    },
    lease,
    stopping.signal,
  )
    .catch((error: unknown) => log.error({ reason: messageOf(error) }, 'the watch failed'))
    .finally(() => (ended = true))
  return {
    lease,
    credentialVersion: cluster.credentialVersion,
    namespaces: cluster.namespaces.join(),
    get ended() {
      return ended
    },
    stop: async () => {
      stopping.abort()
      await work
    },
  }
}
