import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'

type Db = Pick<WorkloadDb | WorkloadTx, 'stage' | 'rollout' | 'release'>

export interface HeldStage {
  readonly name: string
  readonly reason: string
}

/** Stages whose hold still stands. */
export async function heldStages(
  db: Db,
  applicationId: string,
  stages: readonly string[],
  now: Date,
): Promise<readonly HeldStage[]> {
  const rows = await db.stage.findMany({
    where: {
      applicationId,
      name: { in: [...stages] },
      holdReason: { not: null },
      OR: [{ holdExpiresAt: null }, { holdExpiresAt: { gt: now } }],
    },
  })
  return rows.map(({ name, holdReason }) => ({ name, reason: holdReason ?? '' }))
}

/** What failed before may not come again unseen; another release may, and lifts the hold. */
export async function refuseHeld(
  db: Db,
  applicationId: string,
  held: readonly HeldStage[],
  digest: string,
): Promise<void> {
  for (const { name, reason } of held) {
    const failed = await db.rollout.findFirst({
      where: {
        applicationId,
        state: { in: ['rolled_back', 'failed'] },
        runs: { some: { name, state: { in: ['rolled_back', 'failed'] } } },
      },
      orderBy: { number: 'desc' },
      select: { releaseId: true },
    })
    const release =
      failed === null
        ? null
        : await db.release.findUnique({ where: { id: failed.releaseId }, select: { digest: true } })
    if (release?.digest === digest)
      throw new FairleadError('conflict', `Stage ${name} is on hold for this very release. ${reason}`, {
        path: 'stage',
        found: name,
        remedy: 'Deploy another release, or lift the hold.',
      })
  }
}
