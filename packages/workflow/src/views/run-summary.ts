import type { RunDot, RunSummary } from '@fairlead/contracts/workflow'
import type { RunState, RunTrigger, TaskState } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb } from '@fairlead/db/views'

interface SummaryRow {
  readonly id: string
  readonly number: number
  readonly project: string
  readonly workflow: string
  readonly version: number
  readonly state: RunState
  readonly reason: string
  readonly trigger: RunTrigger
  readonly requesterName: string
  readonly nominalTime: Date
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly tally: Readonly<Partial<Record<TaskState, number>>> | null
}

/**
 * Runs with their tallies in one statement, however many; `condition` is over r (runs) and w (workflows).
 * The tally counts tasks, not the indexes of fan-outs.
 */
export async function runSummaries(
  db: Pick<WorkflowDb, '$queryRaw'>,
  condition: Prisma.Sql,
  limit: number,
): Promise<RunSummary[]> {
  const rows = await db.$queryRaw<SummaryRow[]>(Prisma.sql`
    SELECT r.id, r.number, p.name AS project, w.name AS workflow, v.number AS version, r.state, r.reason, r.trigger,
      r."requesterName", r."nominalTime", r."createdAt", r."startedAt", r."finishedAt", t.tally
    FROM (
      SELECT r.* FROM workflow_runs r JOIN workflows w ON w.id = r."workflowId"
      WHERE ${condition} ORDER BY r."createdAt" DESC, r.number DESC LIMIT ${limit}
    ) r
    JOIN workflows w ON w.id = r."workflowId"
    JOIN projects p ON p.id = r."projectId"
    JOIN workflow_versions v ON v.id = r."versionId"
    LEFT JOIN LATERAL (
      SELECT jsonb_object_agg(state, n) AS tally FROM (
        SELECT state, count(*)::int AS n FROM workflow_tasks
        WHERE "runId" = r.id AND "index" = -1 GROUP BY state
      ) s
    ) t ON true
    ORDER BY r."createdAt" DESC, r.number DESC`)
  return rows.map(runSummary)
}

const runSummary = ({ requesterName, tally, ...row }: SummaryRow): RunSummary => ({
  ...row,
  requester: requesterName,
  nominalTime: row.nominalTime.toISOString(),
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
  tally: tally ?? {},
})

/** Condition for "in one of these projects". */
export const inProjects = (projects: 'all' | readonly string[]): Prisma.Sql =>
  projects === 'all' ? Prisma.sql`TRUE` : Prisma.sql`w."projectId" = ANY(${[...projects]}::uuid[])`

/** What a strip or a grid shows of a run, as `json_build_object` or columns give it. */
export interface DotRow {
  readonly id: string
  readonly number: number
  readonly state: RunState
  readonly nominalTime: Date | string
  readonly startedAt: Date | string | null
  readonly finishedAt: Date | string | null
}

export function runDot(row: DotRow): RunDot {
  const started = row.startedAt === null ? null : new Date(row.startedAt).getTime()
  const finished = row.finishedAt === null ? null : new Date(row.finishedAt).getTime()
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    nominalTime: new Date(row.nominalTime).toISOString(),
    durationMs: started === null || finished === null ? null : finished - started,
  }
}
