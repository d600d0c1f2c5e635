import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'

/** Keys that one sweep rings at most; the rest is as due at the next. */
const maxDue = 1_000
/** An observation whose bell was lost is rung again after this long. */
const lostBellMs = 1_000

/** Runs whose time has come, and those with something seen that nobody has looked at: what a lost bell or a crash left. */
export async function dueRuns(db: Pick<RawSql, '$queryRaw'>, now: Date): Promise<readonly string[]> {
  const seenBefore = new Date(now.getTime() - lostBellMs)
  const rows = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM (
      (SELECT id, "checkAt" AS at FROM workflow_runs WHERE "checkAt" <= ${now} ORDER BY "checkAt" LIMIT ${maxDue})
      UNION ALL
      (SELECT "runId" AS id, min(COALESCE("observedAt", "createdAt")) AS at FROM workflow_attempts
        WHERE dirty AND live AND ("nextAt" IS NULL OR "nextAt" <= ${now} OR "observedPhase" IS NOT NULL)
          AND COALESCE("observedAt", "createdAt") <= ${seenBefore} GROUP BY "runId" LIMIT ${maxDue})
    ) AS due GROUP BY id ORDER BY min(at) LIMIT ${maxDue}`)
  return rows.map(({ id }) => id)
}
