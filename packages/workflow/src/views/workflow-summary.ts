import type { WorkflowSummary } from '@fairlead/contracts/workflow'
import type { ScheduleSpec } from '@fairlead/contracts/workflow-document'
import { runStates, type RunState } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb } from '@fairlead/db/views'
import type { Outlines } from './outlines'
import { runDot, type DotRow } from './run-summary'

const stripLength = 14
const maxWorkflows = 5_000

export const openRunStates = (Object.keys(runStates) as RunState[]).filter(
  (state) => !runStates[state].terminal,
)

interface WorkflowRow {
  readonly id: string
  readonly projectId: string
  readonly project: string
  readonly name: string
  readonly description: string
  readonly versionId: string | null
  readonly versionNumber: number
  readonly paused: boolean
  readonly scheduleAt: Date | null
  readonly activeRuns: number
  readonly runs: readonly DotRow[] | null
}

/** Workflows with their strips of runs: one statement, and one more for definitions that weren't read before. */
export async function workflowSummaries(
  db: Pick<WorkflowDb, '$queryRaw'>,
  outlines: Outlines,
  condition: Prisma.Sql,
): Promise<WorkflowSummary[]> {
  const rows = await db.$queryRaw<WorkflowRow[]>(Prisma.sql`
    SELECT w.id, w."projectId", p.name AS project, w.name, w.description, w."versionId", w."versionNumber", w.paused,
      w."scheduleAt", active.n AS "activeRuns", strip.runs
    FROM workflows w
    JOIN projects p ON p.id = w."projectId"
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS n FROM workflow_runs
      WHERE "workflowId" = w.id AND state = ANY(${openRunStates}::text[])
    ) active
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('id', id, 'number', number, 'state', state, 'nominalTime', "nominalTime",
        'startedAt', "startedAt", 'finishedAt', "finishedAt") ORDER BY number) AS runs
      FROM (
        SELECT * FROM workflow_runs WHERE "workflowId" = w.id ORDER BY number DESC LIMIT ${stripLength}
      ) newest
    ) strip ON true
    WHERE ${condition} ORDER BY p.name, w.name LIMIT ${maxWorkflows}`)
  const known = await outlines.of(rows.flatMap(({ versionId }) => versionId ?? []))
  return rows.map((row) => {
    const outline = known.get(row.versionId ?? '')
    return {
      id: row.id,
      project: row.project,
      projectId: row.projectId,
      name: row.name,
      description: row.description,
      version: row.versionNumber,
      paused: row.paused,
      schedule: scheduleOf(outline?.schedule ?? null),
      nextAt: row.scheduleAt?.toISOString() ?? null,
      lastRuns: (row.runs ?? []).map(runDot),
      activeRuns: row.activeRuns,
      tasks: outline?.tasks ?? 0,
      clusters: outline?.clusters ?? [],
    }
  })
}

const scheduleOf = (schedule: ScheduleSpec | null): WorkflowSummary['schedule'] =>
  schedule === null ? null : { cron: schedule.cron, timezone: schedule.timezone }
