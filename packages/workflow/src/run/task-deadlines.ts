import { openStates } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'
import type { CompiledWorkflow } from '../definition/compiled'
import type { RunRow } from './rows'
import { after, earliest } from './times'

/** Deadlines of single tasks: what is late and has not been said yet, and when the next one passes. */
export interface TaskDeadlines {
  readonly missed: readonly { readonly taskId: string; readonly at: Date }[]
  readonly nextAt: Date | null
}

const none: TaskDeadlines = { missed: [], nextAt: null }

/** The timeline itself remembers what was said: one entry a task. */
export async function readDeadlines(
  sql: RawSql,
  run: RunRow,
  compiled: CompiledWorkflow,
  now: Date,
): Promise<TaskDeadlines> {
  const from = run.startedAt ?? now
  const deadlines = compiled.deadlines.map(({ taskId, ms }) => ({ taskId, at: after(from, ms) }))
  if (deadlines.length === 0) return none
  const nextAt = earliest(...deadlines.flatMap(({ at }) => (at > now ? [at] : [])))
  const past = deadlines.filter(({ at }) => at <= now)
  if (past.length === 0) return { missed: [], nextAt }
  const late = await sql.$queryRaw<{ taskId: string }[]>(Prisma.sql`
    SELECT t."taskId" FROM workflow_tasks t
    WHERE t."runId" = ${run.id}::uuid AND t."index" = -1 AND t.state = ANY(${openStates.task}::text[])
      AND t."taskId" = ANY(${past.map(({ taskId }) => taskId)}::text[])
      AND NOT EXISTS (SELECT 1 FROM workflow_entries e
        WHERE e."runId" = t."runId" AND e.kind = 'deadline' AND e."taskId" = t."taskId")`)
  const ids = new Set(late.map(({ taskId }) => taskId))
  return { missed: past.filter(({ taskId }) => ids.has(taskId)), nextAt }
}
