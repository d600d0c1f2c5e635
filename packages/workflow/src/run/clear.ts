import { FairleadError } from '@fairlead/contracts/errors'
import type { RunState } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowTx } from '@fairlead/db/views'
import type { CompiledWorkflow } from '../definition/compiled'
import { clearBlocked, isOver, planClear, type ClearDecision, type ClearRequest } from './plan-clear'
import type { TaskRow } from './rows'
import { appendEntries } from './run-entries'
import { orphanAfterMs } from './start-claim'
import { after } from './times'
import { together } from './together'
import { writeTasks } from './write-rows'

export interface ClearedRun {
  readonly id: string
  readonly state: RunState
  readonly versionId: string
}

/** The version that the run goes on with: its own, or the one that was asked for. */
export interface TargetVersion {
  readonly id: string
  readonly number: number
  readonly compiled: CompiledWorkflow
}

export interface ClearPreview {
  readonly decision: ClearDecision
  /** Live attempts that would be stopped. */
  readonly stops: number
  readonly blocked: string | null
}

/** What clearing would do now: applyClear does exactly this on the same rows. Errors: invalid for unknown tasks. */
export async function previewClear(
  tx: Pick<WorkflowTx, '$queryRaw'>,
  run: ClearedRun,
  version: TargetVersion,
  request: ClearRequest,
): Promise<ClearPreview> {
  const unknown = request.tasks.find((id) => !version.compiled.tasks.has(id))
  if (unknown !== undefined)
    throw new FairleadError('invalid', `Version ${version.number} has no task ${unknown}.`, {
      path: 'tasks',
      found: unknown,
      expected: version.compiled.order.slice(0, 20).join(', '),
    })
  const rows = await tx.$queryRaw<TaskRow[]>(
    Prisma.sql`SELECT * FROM workflow_tasks WHERE "runId" = ${run.id}::uuid`,
  )
  const decision = planClear(version.compiled, rows, request)
  const stopped = stoppedTasks(decision)
  const [live] = await tx.$queryRaw<{ stops: number }[]>(Prisma.sql`
    SELECT count(*)::int AS stops FROM workflow_attempts a
    JOIN jsonb_to_recordset(${JSON.stringify(stopped)}::jsonb) AS v("taskId" text, "index" int)
      ON a."taskId" = v."taskId" AND a."index" = v."index"
    WHERE a."runId" = ${run.id}::uuid AND a.live`)
  return { decision, stops: live?.stops ?? 0, blocked: clearBlocked(run.state) }
}

const stoppedTasks = ({ reset }: ClearDecision) => reset.map(({ taskId, index }) => ({ taskId, index }))

/**
 * Resets what the preview named, in the caller's transaction, whose caller has locked the run and raised its version.
 * Attempts that run are stopped, and nothing new starts in their place before they are gone; their numbers go on, so
 * that no name is used twice.
 */
export async function applyClear(
  tx: WorkflowTx,
  { run, version, by }: { readonly run: ClearedRun; readonly version: TargetVersion; readonly by: string },
  request: ClearRequest,
  now: Date,
): Promise<number> {
  const { decision, blocked } = await previewClear(tx, run, version, request)
  if (blocked !== null) throw new FairleadError('conflict', blocked)
  if (decision.reset.length === 0) return 0
  await stopAttempts(tx, run.id, decision, { by, now })
  await rewriteRows(tx, run.id, version.compiled, decision)
  await reopen(tx, { run, version }, decision, now)
  const words = decision.reset.length === 1 ? '1 task' : `${decision.reset.length} tasks`
  await appendEntries(tx, run.id, now, [
    {
      taskId: null,
      index: null,
      kind: 'cleared',
      message: `${by} cleared ${words}, to run again with version ${version.number}.`,
    },
  ])
  return decision.reset.length
}

async function stopAttempts(
  tx: WorkflowTx,
  runId: string,
  decision: ClearDecision,
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    UPDATE workflow_attempts a SET state = 'stopping', "stopCause" = 'cancelled',
      "stopReason" = ${`${by} cleared its task.`}, dirty = true, "nextAt" = ${now},
      "finishBy" = ${after(now, orphanAfterMs)}
    FROM jsonb_to_recordset(${JSON.stringify(stoppedTasks(decision))}::jsonb) AS v("taskId" text, "index" int)
    WHERE a."runId" = ${runId}::uuid AND a."taskId" = v."taskId" AND a."index" = v."index" AND a.live
      AND a."stopCause" IS NULL`)
}

async function rewriteRows(
  tx: WorkflowTx,
  runId: string,
  compiled: CompiledWorkflow,
  { rows, unfold, removed }: ClearDecision,
): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    DELETE FROM workflow_tasks WHERE "runId" = ${runId}::uuid
      AND ("taskId" = ANY(${[...removed]}::text[]) OR ("index" >= 0 AND "taskId" = ANY(${[...unfold]}::text[])))`)
  const places = [...compiled.tasks.values()].map(({ id, position, source }) => ({
    id,
    position,
    pool: source.pool ?? null,
    priority: source.priority,
  }))
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO workflow_tasks ("runId", "taskId", position, pool, priority)
    SELECT ${runId}::uuid, id, position, pool, priority
    FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS v(id text, position int, pool text, priority int)
    ON CONFLICT ("runId", "taskId", "index") DO UPDATE
      SET position = excluded.position, pool = excluded.pool, priority = excluded.priority`)
  // An index that stays is under the pool of the version that the run goes on with, as the task itself.
  await tx.$executeRaw(Prisma.sql`
    UPDATE workflow_tasks t SET position = v.position, pool = v.pool, priority = v.priority
    FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS v(id text, position int, pool text, priority int)
    WHERE t."runId" = ${runId}::uuid AND t."taskId" = v.id AND t."index" >= 0
      AND (t.position, t.pool, t.priority) IS DISTINCT FROM (v.position, v.pool, v.priority)`)
  await together(tx, [writeTasks(runId, rows)])
}

async function reopen(
  tx: WorkflowTx,
  { run, version }: { readonly run: ClearedRun; readonly version: TargetVersion },
  { openTasks, failedTasks, failedLeaves }: ClearDecision,
  now: Date,
): Promise<void> {
  const over = isOver(run.state)
  await tx.workflowRun.update({
    where: { id: run.id },
    data: {
      versionId: version.id,
      openTasks,
      failedTasks,
      failedLeaves,
      checkAt: now,
      checkReason: 'It was cleared.',
      // It queues again: a workflow that may have two active runs has no third because of a clear.
      ...(over
        ? {
            state: 'queued',
            reason: 'Cleared; waits to be started.',
            finishedAt: null,
            cancelReason: null,
            cancelledBy: null,
            timeoutAt: null,
          }
        : {}),
    },
  })
}
