import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb } from '@fairlead/db/views'
import type { MedianMs } from './critical-path'

/** Successful runs that history is taken from: more would remember how it was before the last change. */
const runs = 20

/** How long each task of a workflow usually takes from ready to end; one that was skipped took no time. */
export async function medianDurations(
  db: Pick<WorkflowDb, '$queryRaw'>,
  workflowId: string,
): Promise<MedianMs> {
  const rows = await db.$queryRaw<{ taskId: string; ms: number }[]>(Prisma.sql`
    WITH history AS (
      SELECT id FROM workflow_runs WHERE "workflowId" = ${workflowId}::uuid AND state = 'succeeded'
      ORDER BY number DESC LIMIT ${runs})
    SELECT t."taskId", (percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN t.state = 'skipped' THEN 0
      ELSE greatest(0, extract(epoch FROM t."finishedAt" - coalesce(t."readyAt", t."startedAt", t."finishedAt")) * 1000)
      END))::float8 AS ms
    FROM workflow_tasks t JOIN history h ON h.id = t."runId"
    WHERE t."index" = -1 AND t."finishedAt" IS NOT NULL
    GROUP BY t."taskId"`)
  return new Map(rows.map(({ taskId, ms }) => [taskId, ms]))
}
