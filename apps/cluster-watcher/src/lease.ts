import type { InventoryDb } from '@fairlead/db/views'
import {
  acquireLease,
  clustersToWatch,
  releaseLease,
  renewLease,
  type Lease,
  type WatchedCluster,
} from '@fairlead/inventory/lease'
import type { ClusterWatch } from './cluster-watch'

export interface LeaseKeeperDeps {
  readonly db: InventoryDb
  readonly holder: string
  readonly start: (lease: Lease, cluster: WatchedCluster) => ClusterWatch
  readonly onError: (error: unknown, clusterId?: string) => void
  readonly onLease: (event: 'acquired' | 'lost' | 'released', lease: Lease) => void
}

export interface LeaseKeeper {
  /** Looks at one cluster now: take it, drop it, or open it anew after a rotation. */
  look(clusterId: string): Promise<void>
  close(): Promise<void>
}

/** Leases are renewed, and free ones taken, this often; they run out after three times as long. */
const everyMs = 2_000

/**
 * Holds a lease on as many clusters as it can get and runs a watch for each; another process with the same loop takes
 * over what this one stops renewing.
 */
export function startLeaseKeeper(deps: LeaseKeeperDeps): LeaseKeeper {
  const watches = new Map<string, ClusterWatch>()
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let passes: Promise<void> = Promise.resolve()

  const drop = async (clusterId: string): Promise<void> => {
    const watch = watches.get(clusterId)
    watches.delete(clusterId)
    await watch?.stop()
  }
  const guard = (clusterId: string, work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => deps.onError(error, clusterId))

  const settle = async (cluster: WatchedCluster): Promise<void> => {
    const { clusterId } = cluster
    const held = watches.get(clusterId)
    if (held === undefined) {
      const lease = cluster.free ? await acquireLease(deps.db, { clusterId, holder: deps.holder }) : null
      if (lease === null) return
      deps.onLease('acquired', lease)
      watches.set(clusterId, deps.start(lease, cluster))
    } else if (held.ended || !(await renewLease(deps.db, held.lease))) {
      deps.onLease('lost', held.lease)
      await drop(clusterId)
    } else if (
      held.credentialVersion !== cluster.credentialVersion ||
      held.namespaces !== cluster.namespaces.join()
    ) {
      await drop(clusterId)
      watches.set(clusterId, deps.start(held.lease, cluster))
    }
  }

  const pass = async (clusterId?: string): Promise<void> => {
    const clusters = await clustersToWatch(deps.db, clusterId)
    const found = new Set(clusters.map((cluster) => cluster.clusterId))
    const gone = [...watches.keys()].filter(
      (id) => !found.has(id) && (clusterId === undefined || clusterId === id),
    )
    await Promise.all([
      ...gone.map((id) => guard(id, drop(id))),
      ...clusters.map((cluster) => guard(cluster.clusterId, settle(cluster))),
    ])
  }
  /** One at a time: two passes must not both start a watch of the same cluster. */
  const queue = (clusterId?: string): Promise<void> => {
    passes = passes.then(() => (closed ? undefined : pass(clusterId).catch((error) => deps.onError(error))))
    return passes
  }
  const schedule = (): void => {
    if (!closed) timer = setTimeout(() => void queue().then(schedule), everyMs)
  }
  void queue().then(schedule)

  return {
    look: queue,
    close: async () => {
      closed = true
      clearTimeout(timer)
      await passes
      await Promise.all(
        [...watches.values()].map(async (watch) => {
          await guard(watch.lease.clusterId, watch.stop())
          await guard(watch.lease.clusterId, releaseLease(deps.db, watch.lease))
          deps.onLease('released', watch.lease)
        }),
      )
    },
  }
}
