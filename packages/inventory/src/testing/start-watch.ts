import { acquireLease, releaseLease, type Lease } from '../lease'
import { watchCluster, type WatchDeps } from '../watch-cluster'
import { eventually, type InventoryFixture } from './inventory-fixture'

export interface RunningWatch {
  readonly lease: Lease
  fenced: boolean
  /** Leaves its lease free, unless another one has taken it. */
  stop(): Promise<void>
}

export interface WatchOf {
  readonly clusterId: string
  readonly holder: string
  readonly onRollouts?: (rollouts: readonly string[]) => void
  readonly onError?: (error: unknown) => void
  readonly pace?: WatchDeps['pace']
}

/** A watcher of one registered cluster, as apps/cluster-watcher runs it, once its lease is free. */
export async function startWatch(
  { database: { db }, sql, connections }: InventoryFixture,
  { clusterId, holder, onRollouts, onError, pace }: WatchOf,
): Promise<RunningWatch> {
  const lease = await eventually('a free lease', () => acquireLease(db, { clusterId, holder }))
  const stopping = new AbortController()
  const running: RunningWatch = {
    lease,
    fenced: false,
    stop: async () => {
      stopping.abort()
      await work
      await releaseLease(db, lease)
    },
  }
  const work = watchCluster(
    {
      db,
      sql,
      connections,
      clock: () => new Date(),
      onRollouts: onRollouts ?? (() => undefined),
      onFenced: () => {
        running.fenced = true
        stopping.abort()
      },
      onPoison: (kind, message) => onError?.(`${kind}: ${message}`),
      onError: onError ?? (() => undefined),
      onConnected: () => undefined,
      ...(pace === undefined ? {} : { pace }),
    },
    lease,
    stopping.signal,
  )
  return running
}
