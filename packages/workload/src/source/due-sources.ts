import type { WorkloadDb } from '@fairlead/db/views'

const maxDue = 200

/** Applications whose source is due for a look, oldest first. */
export async function dueSources(
  db: Pick<WorkloadDb, 'applicationSource'>,
  now: Date,
): Promise<readonly string[]> {
  const rows = await db.applicationSource.findMany({
    where: { checkAt: { lte: now } },
    orderBy: { checkAt: 'asc' },
    select: { applicationId: true },
    take: maxDue,
  })
  return rows.map(({ applicationId }) => applicationId)
}
