import type { UsageSource } from '@fairlead/contracts/usage'
import type { InventoryDb } from '@fairlead/db/views'

/** null: nobody has asked the cluster yet. */
export async function usageSource(
  db: Pick<InventoryDb, 'clusterUsage'>,
  clusterId: string,
): Promise<UsageSource | null> {
  const row = await db.clusterUsage.findUnique({ where: { clusterId } })
  if (row === null) return null
  const { state, words, at } = row
  return { state: state as UsageSource['state'], words, at: at.toISOString() }
}
