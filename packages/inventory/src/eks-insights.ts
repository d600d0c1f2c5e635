import type { EksInsights } from '@fairlead/contracts/eks-insights'
import { FairleadError, messageOf } from '@fairlead/contracts/errors'
import { appendChanges } from '@fairlead/db/changes'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { AwsAccess } from '@fairlead/kube/aws/aws-access'
import type { EksAuth } from '@fairlead/kube/kube-client'
import { assertLease, type Lease } from './lease'
import { sqlJson } from './sql-json'

/** Never rejects: what AWS refuses is an answer too, and its words say which right is missing. */
export async function askInsights(aws: Pick<AwsAccess, 'insights'>, auth: EksAuth): Promise<EksInsights> {
  try {
    const { insights, undescribed } = await aws.insights(auth)
    return { insights: { state: 'read', items: insights }, undescribed }
  } catch (error) {
    const code = error instanceof FairleadError ? error.code : 'internal'
    const state = code === 'cluster_denied' || code === 'cluster_unauthorized' ? 'denied' : 'failed'
    return { insights: { state, words: messageOf(error).slice(0, 1_000) }, undescribed: null }
  }
}

interface Written {
  readonly db: InventoryDb
  readonly lease: Lease
  readonly now: Date
}

/** Under the lease's epoch; null: the cluster is none of EKS any more. Throws FencedError. */
export async function writeInsights(
  { db, lease, now }: Written,
  insights: EksInsights | null,
): Promise<void> {
  const { clusterId } = lease
  await db.$transaction(async (tx) => {
    await assertLease(tx, lease)
    if (insights === null) {
      await tx.$executeRaw(Prisma.sql`DELETE FROM eks_insights WHERE "clusterId" = ${clusterId}::uuid`)
      return
    }
    await tx.$executeRaw(Prisma.sql`
      INSERT INTO eks_insights ("clusterId", at, insights)
      VALUES (${clusterId}::uuid, ${now}, ${sqlJson(insights)}::jsonb)
      ON CONFLICT ("clusterId") DO UPDATE SET at = excluded.at, insights = excluded.insights`)
    await appendChanges(tx, [{ topic: 'cluster', key: clusterId, clusterId }])
  })
}

export interface StoredInsights extends EksInsights {
  readonly at: Date
}

/** null: not asked yet, or no cluster of EKS. The JSON is our own. */
export async function storedInsights(
  db: Pick<InventoryDb, 'eksInsightsRow'>,
  clusterId: string,
): Promise<StoredInsights | null> {
  const row = await db.eksInsightsRow.findUnique({ where: { clusterId } })
  return row === null ? null : { ...(row.insights as unknown as EksInsights), at: row.at }
}
