import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'
import type { Observation } from './observation'

/** The tasks of the parent that wait for a run are looked at again; raising its version keeps a running pass from missing it. */
export async function wakeParent(tx: RawSql, parentRunId: string): Promise<string[]> {
  await tx.$executeRaw(
    Prisma.sql`UPDATE workflow_runs SET version = version + 1 WHERE id = ${parentRunId}::uuid`,
  )
  await tx.$executeRaw(Prisma.sql`
    UPDATE workflow_tasks SET dirty = true
    WHERE "runId" = ${parentRunId}::uuid AND state = 'deferred' AND pending->>'kind' = 'workflow'`)
  return [parentRunId]
}

/** Other runs whose ready tasks lacked a slot that attempts of this run have just freed, best first. */
export async function poolWaiters(
  tx: RawSql,
  { run, compiled }: Observation,
  freed: number,
): Promise<string[]> {
  const { pools } = compiled
  const limited = compiled.document.spec.limits.maxActiveTasks !== undefined
  if (pools.length === 0 && !limited) return []
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT t."runId" AS id FROM workflow_tasks t JOIN workflow_runs r ON r.id = t."runId"
    WHERE t.state = 'ready' AND r."projectId" = ${run.projectId}::uuid AND r.id <> ${run.id}::uuid
      AND r.state = 'running' AND (t.pool = ANY(${[...pools]}::text[]) OR (${limited} AND r."workflowId" = ${run.workflowId}::uuid))
    GROUP BY t."runId", r.priority ORDER BY max(t.priority) + r.priority DESC, min(t."readyAt") LIMIT ${freed}`)
  return rows.map(({ id }) => id)
}
