import { acquireLease } from '../lease'
import { watchCluster } from '../watch-cluster'
import { eventually, type InventoryFixture } from './inventory-fixture'

export interface Watching {
  readonly errors: readonly unknown[]
  stop(): Promise<void>
}

/** What the cluster-watcher does for one cluster, within a test. */
export async function watching(fixture: InventoryFixture, clusterId: string): Promise<Watching> {
  const { db } = fixture.database
  const { sql } = fixture
  const lease = await eventually('a free lease', () => acquireLease(db, { clusterId, holder: 'test' }))
  const stopping = new AbortController()
  const errors: unknown[] = []
  const work = watchCluster(
    {
      db,
      sql,
      connections: fixture.connections,
      clock: () => new Date(),
      onRollouts: () => undefined,
      onFenced: () => stopping.abort(),
      onPoison: (kind, message) => void errors.push(`${kind}: ${message}`),
      onError: (error) => void errors.push(error),
      onConnected: () => undefined,
    },
    lease,
    stopping.signal,
  )
  return {
    errors,
    stop: async () => {
      stopping.abort()
      await work
    },
  }
}
