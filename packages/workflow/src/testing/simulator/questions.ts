import { openStates } from '@fairlead/contracts/workflow-states'
import type { FastSql, RawSql } from '@fairlead/db/fast-sql'
import { Prisma } from '@fairlead/db/sql'

/**
 * When something of any run is due by what is written, whatever processes remember; null: never. Before that, no sweep
 * and no upkeep has anything to do.
 */
export async function nextDue(sql: RawSql): Promise<number | null> {
  const [row] = await sql.$queryRaw<{ at: Date | null }[]>(Prisma.sql`
    SELECT LEAST((SELECT min("checkAt") FROM workflow_runs),
      (SELECT min(GREATEST(CASE WHEN "observedPhase" IS NULL THEN "nextAt" END,
          COALESCE("observedAt", "createdAt") + interval '1 second')) FROM workflow_attempts WHERE dirty AND live),
      (SELECT min("upkeepAt") FROM workflow_attempts WHERE upkeep IN ('archive', 'kill'))) AS at`)
  return row?.at?.getTime() ?? null
}

export async function allOver(sql: RawSql): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ open: number }[]>(Prisma.sql`
    SELECT count(*)::int AS open FROM workflow_runs WHERE state = ANY(${openStates.run}::text[])`)
  return row?.open === 0
}

/** Every row as it stands, for people. */
export async function rowsLeft(sql: FastSql): Promise<string[]> {
  const rows = await sql.$queryRaw<{ line: string }[]>(Prisma.sql`
    SELECT format('run %s %s open %s version %s checkAt %s: %s', number, state, "openTasks", version, "checkAt",
      reason) AS line FROM workflow_runs
    UNION ALL SELECT format('task %s[%s] %s dirty %s nextAt %s generation %s: %s', "taskId", "index", state, dirty,
      "nextAt", generation, reason) FROM workflow_tasks
    UNION ALL SELECT format('attempt %s %s[%s]#%s %s %s dirty %s nextAt %s seen %s accepted %s stop %s upkeep %s: %s', key,
      "taskId", "index", number, state, CASE WHEN live THEN 'live' ELSE 'over' END, dirty, "nextAt", "observedPhase",
      "acceptedAt", "stopCause", upkeep, reason) FROM workflow_attempts`)
  return rows.map(({ line }) => line)
}
