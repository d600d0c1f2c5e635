import type { ClusterFacts } from '@fairlead/contracts/cluster-facts'
import type { InventoryDb } from '@fairlead/db/views'

export interface StoredFacts {
  readonly at: Date
  readonly facts: ClusterFacts
}

/** null: nobody has looked yet. The JSON is our own: written by writeFacts, read here. */
export async function storedFacts(
  db: Pick<InventoryDb, 'clusterFacts'>,
  clusterId: string,
): Promise<StoredFacts | null> {
  const row = await db.clusterFacts.findUnique({ where: { clusterId } })
  return row === null ? null : { at: row.at, facts: row.facts as unknown as ClusterFacts }
}
