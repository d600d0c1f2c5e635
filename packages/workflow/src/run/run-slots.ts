import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'
import type { Observation } from './observation'
import type { RunRow } from './rows'

/**
 * Whether the workflow may have one more active run, and none that waits goes before this one. A schedule that does not
 * allow overlap has its runs one after the other.
 */
export async function mayStart(tx: RawSql, { run, compiled }: Observation): Promise<boolean> {
  const alone =
    run.trigger === 'schedule' && compiled.schedule !== null && compiled.schedule.overlap !== 'allow'
  await tx.$executeRaw(
    Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended(${`runs/${run.workflowId}`}, 0))`,
  )
  const [row] = await tx.$queryRaw<{ ahead: number; earlier: boolean }[]>(Prisma.sql`
    SELECT (${alone} AND EXISTS (SELECT 1 FROM workflow_runs
        WHERE "workflowId" = ${run.workflowId}::uuid AND state IN ('queued', 'running', 'cancelling')
          AND trigger = 'schedule' AND number < ${run.number})) AS earlier,
      (SELECT count(*)::int FROM workflow_runs
        WHERE "workflowId" = ${run.workflowId}::uuid AND state IN ('running', 'cancelling'))
      + (SELECT count(*)::int FROM (SELECT 1 FROM workflow_runs
          WHERE "workflowId" = ${run.workflowId}::uuid AND state = 'queued'
            AND (priority > ${run.priority} OR (priority = ${run.priority} AND number < ${run.number}))
          LIMIT ${run.maxActiveRuns}) AS before) AS ahead`)
  return row?.earlier !== true && (row?.ahead ?? 0) < run.maxActiveRuns
}

/** Runs that may start now that this one is over. */
export async function nextQueued(tx: RawSql, run: RunRow): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM workflow_runs WHERE "workflowId" = ${run.workflowId}::uuid AND state = 'queued'
    ORDER BY priority DESC, number LIMIT 2`)
  return rows.map(({ id }) => id)
}
