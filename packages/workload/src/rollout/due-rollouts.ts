import type { WorkloadDb } from '@fairlead/db/views'

/** Keys that one sweep rings at most; the rest is as due at the next. */
const maxDue = 500

/** Rollouts whose time has come, oldest first: what a lost bell, a crash or a clock left to do. */
export async function dueRollouts(db: Pick<WorkloadDb, 'rollout'>, now: Date): Promise<readonly string[]> {
  const rows = await db.rollout.findMany({
    where: { checkAt: { lte: now } },
    orderBy: { checkAt: 'asc' },
    select: { id: true },
    take: maxDue,
  })
  return rows.map(({ id }) => id)
}
