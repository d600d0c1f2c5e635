import { appendChanges } from '@fairlead/db/changes'
import type { InventoryDb } from '@fairlead/db/views'

export interface ProvisionProgress {
  readonly name: string
  readonly step: string
  readonly message: string
  readonly percent: number | null
}

/** What `fairlead up` says of a local cluster that it is still bringing up; shown on its card. */
export async function provisionProgress(db: InventoryDb, progress: ProvisionProgress): Promise<void> {
  const { name, ...rest } = progress
  await db.$transaction(async (tx) => {
    await tx.clusterProvision.upsert({ where: { name }, create: progress, update: rest })
    await appendChanges(tx, [{ topic: 'cluster', key: name }])
  })
}

/** It is up, or was given up. */
export async function provisionDone(db: InventoryDb, name: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.clusterProvision.deleteMany({ where: { name } })
    await appendChanges(tx, [{ topic: 'cluster', key: name }])
  })
}
