import { attemptStates, openStates } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'
import { lockedValues } from './locked-values'
import type { AttemptWrite, CountDelta, FanOut } from './plan-types'
import type { TaskRow } from './rows'
import { orphanAfterMs } from './start-claim'
import { after } from './times'

const taskColumns = Prisma.sql`id text, "index" int, state text, reason text, needs int, succeeded int, failed int,
  "upstreamFailed" int, skipped int, "setupsSucceeded" int, "setupsSkipped" int, "setupsSettled" int, size int,
  "indexSucceeded" int, "indexFailed" int, outputs jsonb, "hasOutputs" boolean, attempts int, tried jsonb, memory text,
  pending jsonb, "hasPending" boolean, cluster text, generation int, dirty boolean, "nextAt" timestamptz,
  "readyAt" timestamptz, "startedAt" timestamptz, "finishedAt" timestamptz`

/** Rows as the plan left them, whole: the run's version, taken before, says that nobody else moved them. */
export function writeTasks(runId: string, rows: readonly TaskRow[]): Prisma.Sql | null {
  if (rows.length === 0) return null
  const values = JSON.stringify(
    rows.map(({ taskId, item: _item, position: _position, pool: _pool, priority: _priority, ...row }) => ({
      id: taskId,
      ...row,
      hasOutputs: row.outputs !== null,
      hasPending: row.pending !== null,
    })),
  )
  return Prisma.sql`
    UPDATE workflow_tasks t SET state = v.state, reason = v.reason, needs = v.needs, succeeded = v.succeeded,
      failed = v.failed, "upstreamFailed" = v."upstreamFailed", skipped = v.skipped,
      "setupsSucceeded" = v."setupsSucceeded", "setupsSkipped" = v."setupsSkipped", "setupsSettled" = v."setupsSettled",
      size = v.size, "indexSucceeded" = v."indexSucceeded", "indexFailed" = v."indexFailed",
      outputs = CASE WHEN v."hasOutputs" THEN v.outputs END, attempts = v.attempts, tried = v.tried, memory = v.memory,
      pending = CASE WHEN v."hasPending" THEN v.pending END, cluster = v.cluster, generation = v.generation,
      dirty = v.dirty, "nextAt" = v."nextAt", "readyAt" = v."readyAt", "startedAt" = v."startedAt",
      "finishedAt" = v."finishedAt"
    FROM jsonb_to_recordset(${values}::jsonb) AS v(${taskColumns})
    WHERE t."runId" = ${runId}::uuid AND t."taskId" = v.id AND t."index" = v."index"`
}

const deltaColumns = Prisma.sql`id text, needs int, succeeded int, failed int, "upstreamFailed" int, skipped int,
  "setupsSucceeded" int, "setupsSkipped" int, "setupsSettled" int`

/** Upstreams settled: what waits for them is judged again in the next pass. */
export function writeDeltas(runId: string, deltas: ReadonlyMap<string, CountDelta>): Prisma.Sql | null {
  if (deltas.size === 0) return null
  const values = JSON.stringify([...deltas].map(([id, delta]) => ({ id, ...delta })))
  return Prisma.sql`
    UPDATE workflow_tasks t SET needs = t.needs + v.needs, succeeded = t.succeeded + v.succeeded,
      failed = t.failed + v.failed, "upstreamFailed" = t."upstreamFailed" + v."upstreamFailed",
      skipped = t.skipped + v.skipped, "setupsSucceeded" = t."setupsSucceeded" + v."setupsSucceeded",
      "setupsSkipped" = t."setupsSkipped" + v."setupsSkipped", "setupsSettled" = t."setupsSettled" + v."setupsSettled",
      dirty = t.dirty OR t.state = 'waiting'
    FROM jsonb_to_recordset(${values}::jsonb) AS v(${deltaColumns})
    WHERE t."runId" = ${runId}::uuid AND t."taskId" = v.id AND t."index" = -1`
}

export const insertFanOut = (runId: string, fanOut: FanOut, now: Date): Prisma.Sql => Prisma.sql`
    INSERT INTO workflow_tasks ("runId", "taskId", "index", position, state, reason, pool, priority, generation, item,
      "readyAt", attempts)
    SELECT ${runId}::uuid, ${fanOut.taskId}, (at - 1)::int, ${fanOut.position}, 'ready', 'Ready to start.',
      ${fanOut.pool}, ${fanOut.priority}, ${fanOut.generation}, item, ${now}, ${usedNumbers(runId, fanOut)}
    FROM jsonb_array_elements(${JSON.stringify(fanOut.items)}::jsonb) WITH ORDINALITY AS e(item, at)`

/** A cleared fan-out goes on counting its attempts where the earlier one stopped: a name is never used twice. */
const usedNumbers = (runId: string, { taskId, generation }: FanOut): Prisma.Sql =>
  generation === 0
    ? Prisma.sql`0`
    : Prisma.sql`COALESCE((SELECT max(number) FROM workflow_attempts a
        WHERE a."runId" = ${runId}::uuid AND a."taskId" = ${taskId} AND a."index" = (at - 1)::int), 0)`

const attemptColumns = Prisma.sql`key text, "seenSeq" int, state text, live boolean, cause text, reason text,
  "exitCode" int, "stopCause" text, "stopReason" text, dirty boolean, "nextAt" timestamptz, "startBy" timestamptz,
  "finishBy" timestamptz, "startedAt" timestamptz, "finishedAt" timestamptz, upkeep text`

/**
 * By compare-and-set on states that aren't terminal: what is over stays as it was recorded. False when something is to
 * end of which more was seen meanwhile: then all of it must be decided anew.
 */
export async function writeAttempts(tx: RawSql, writes: readonly AttemptWrite[]): Promise<boolean> {
  if (writes.length === 0) return true
  const values = JSON.stringify(
    writes.map((write) => ({ ...write, live: !attemptStates[write.state].terminal })),
  )
  const written = await tx.$executeRaw(Prisma.sql`
    UPDATE workflow_attempts a SET state = v.state, live = v.live, cause = v.cause, reason = v.reason,
      "exitCode" = v."exitCode", "stopCause" = v."stopCause", "stopReason" = v."stopReason",
      dirty = v.live AND (v.dirty OR a."observedSeq" <> v."seenSeq"), "nextAt" = v."nextAt", "startBy" = v."startBy",
      "finishBy" = v."finishBy", "startedAt" = v."startedAt", "finishedAt" = v."finishedAt", upkeep = v.upkeep,
      "upkeepAt" = v."finishedAt"
    FROM ${lockedValues(values, attemptColumns)}
    WHERE a.key = v.key AND a.state = ANY(${openStates.attempt}::text[])
      AND (v.live OR a."observedSeq" = v."seenSeq")`)
  return written === writes.length
}

/**
 * Everything open of a run that is being cancelled, in a few statements whatever its size: live attempts are stopped, what
 * has none is cancelled. Returns how many rows are still open.
 */
export async function cancelAll(tx: RawSql, runId: string, reason: string, now: Date): Promise<number> {
  await tx.$executeRaw(Prisma.sql`
    UPDATE workflow_attempts SET state = 'stopping', "stopCause" = 'cancelled', "stopReason" = ${reason}, dirty = true,
      "nextAt" = ${now}, "finishBy" = ${after(now, orphanAfterMs)}
    WHERE "runId" = ${runId}::uuid AND live AND "stopCause" IS NULL`)
  await tx.$executeRaw(Prisma.sql`
    UPDATE workflow_tasks t SET state = 'cancelled', reason = ${reason}, "finishedAt" = ${now}, dirty = false,
      "nextAt" = NULL, pending = NULL
    WHERE t."runId" = ${runId}::uuid AND t.state = ANY(${openStates.task}::text[]) AND t.state <> 'expanded'
      AND NOT EXISTS (SELECT 1 FROM workflow_attempts a WHERE a."runId" = t."runId" AND a."taskId" = t."taskId"
        AND a."index" = t."index" AND a.live)`)
  // A cleared task may wait for its old attempt to be over, and for nothing else now: a time that has come would be
  // looked at for ever.
  await tx.$executeRaw(Prisma.sql`
    UPDATE workflow_tasks SET "nextAt" = NULL WHERE "runId" = ${runId}::uuid AND "nextAt" IS NOT NULL`)
  await tx.$executeRaw(Prisma.sql`
    UPDATE workflow_tasks t SET state = 'cancelled', reason = ${reason}, "finishedAt" = ${now}, dirty = false
    WHERE t."runId" = ${runId}::uuid AND t.state = 'expanded' AND NOT EXISTS (SELECT 1 FROM workflow_tasks i
      WHERE i."runId" = t."runId" AND i."taskId" = t."taskId" AND i."index" >= 0 AND i.state = ANY(${openStates.task}::text[]))`)
  const [row] = await tx.$queryRaw<{ open: number }[]>(Prisma.sql`
    SELECT count(*)::int AS open FROM workflow_tasks
    WHERE "runId" = ${runId}::uuid AND state = ANY(${openStates.task}::text[])`)
  return row?.open ?? 0
}
