import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'
import type { StageObservation } from '../rollout/observation'

const maxDue = 200
/** Pods that come and go ring as well: so often is enough. */
const restMs = 15_000

/** Targets whose comparison is due, oldest first. */
export async function dueDrifts(db: Pick<WorkloadDb, 'stageDrift'>, now: Date): Promise<readonly string[]> {
  const rows = await db.stageDrift.findMany({
    where: { checkAt: { lte: now } },
    orderBy: { checkAt: 'asc' },
    select: { id: true },
    take: maxDue,
  })
  return rows.map(({ id }) => id)
}

/** What a rollout applied has changed in a cluster, whoever did it: its application is compared soon. */
export async function hastenDrifts(
  db: Pick<WorkloadDb, '$executeRaw'>,
  rolloutId: string,
  now: Date,
): Promise<void> {
  await db.$executeRaw`
    UPDATE stage_drifts d SET "checkAt" = GREATEST(${now}, d."checkedAt" + ${restMs} * interval '1 millisecond')
    FROM rollouts r
    WHERE r.id = ${rolloutId}::uuid AND r."finishedAt" IS NOT NULL AND d."applicationId" = r."applicationId"
      AND d."checkAt" > GREATEST(${now}, d."checkedAt" + ${restMs} * interval '1 millisecond')`
}

/** From the moment that a release is verified on them, targets are compared with it. */
export async function watchDrift(
  tx: Pick<WorkloadTx, 'stageDrift'>,
  applicationId: string,
  { spec, targets }: Pick<StageObservation, 'spec' | 'targets'>,
  now: Date,
): Promise<void> {
  for (const { clusterId, namespace } of targets) {
    const key = { applicationId, stage: spec.name, clusterId, namespace }
    await tx.stageDrift.upsert({
      where: { applicationId_stage_clusterId_namespace: key },
      create: { ...key, checkAt: now },
      update: { checkAt: now },
    })
  }
}
