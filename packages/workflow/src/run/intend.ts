import { isDagRun } from '@fairlead/contracts/task-runner'
import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'
import { attemptKey, attemptToken, hashOf } from './attempt-key'
import type { Observation } from './observation'
import type { Candidate } from './plan-types'
import type { AttemptRow, TaskRow } from './rows'
import { startClaimMs } from './start-claim'
import { after } from './times'

/**
 * Intent before create: the attempt is a committed row before anything is asked of the runner. The unique index over
 * live attempts makes a second one impossible, whoever tries.
 */
export function intend(
  { run }: Observation,
  admitted: readonly Candidate[],
  now: Date,
): {
  readonly attempts: readonly AttemptRow[]
  readonly rows: readonly TaskRow[]
  readonly write: Prisma.Sql | null
} {
  const attempts = admitted.map((candidate) => attemptOf(run.id, candidate, now))
  if (attempts.length === 0) return { attempts, rows: [], write: null }
  const values = JSON.stringify(
    attempts.map((attempt, at) => ({
      ...attempt,
      pool: admitted[at]?.pool ?? null,
      priority: admitted[at]?.priority ?? 0,
    })),
  )
  const write = Prisma.sql`
    INSERT INTO workflow_attempts (key, "runId", "workflowId", "projectId", "taskId", "index", number, generation,
      token, cluster, pool, priority, spec, "specHash", "nextAt", "startBy", "finishBy", "createdAt")
    SELECT key, ${run.id}::uuid, ${run.workflowId}::uuid, ${run.projectId}::uuid, "taskId", "index", number, generation,
      token, cluster, pool, priority, spec, "specHash", "nextAt", "startBy", "finishBy", "createdAt"
    FROM jsonb_to_recordset(${values}::jsonb) AS v(key text, "taskId" text, "index" int, number int, generation int,
      token text, cluster text, pool text, priority int, spec jsonb, "specHash" text, "nextAt" timestamptz, "startBy" timestamptz,
      "finishBy" timestamptz, "createdAt" timestamptz)`
  const rows = admitted.map(({ row, cluster, spec }): TaskRow => ({
    ...row,
    state: 'running',
    reason: isDagRun(spec) ? 'Its DAG run is being started.' : 'Its container is being created.',
    cluster,
    attempts: row.attempts + 1,
    dirty: false,
    nextAt: null,
  }))
  return { attempts, rows, write }
}

/** Of the starts that are to be asked again, those that still have no answer; from here on nobody else asks. */
export async function claimStarts(
  tx: RawSql,
  starts: readonly AttemptRow[],
  now: Date,
): Promise<readonly AttemptRow[]> {
  if (starts.length === 0) return []
  const rows = await tx.$queryRaw<{ key: string }[]>(Prisma.sql`
    UPDATE workflow_attempts SET "nextAt" = ${after(now, startClaimMs)}
    WHERE key = ANY(${starts.map(({ key }) => key)}::text[]) AND live AND state = 'intended'
      AND "observedPhase" IS NULL AND ("nextAt" IS NULL OR "nextAt" <= ${now})
    RETURNING key`)
  const claimed = new Set(rows.map(({ key }) => key))
  return starts.filter(({ key }) => claimed.has(key))
}

function attemptOf(
  runId: string,
  { row, cluster, spec, startMs, finishMs }: Candidate,
  now: Date,
): AttemptRow {
  const number = row.attempts + 1
  const startBy = startMs === null ? null : after(now, startMs)
  const finishBy = finishMs === null ? null : after(now, finishMs)
  return {
    key: attemptKey({ runId, taskId: row.taskId, index: row.index, number }),
    taskId: row.taskId,
    index: row.index,
    number,
    generation: row.generation,
    token: attemptToken(),
    cluster,
    state: 'intended',
    spec,
    specHash: hashOf(spec),
    observedSeq: 0,
    observedPhase: null,
    observedCause: null,
    observedReason: '',
    observedExit: null,
    observedOutput: null,
    observedAt: null,
    stopCause: null,
    stopReason: '',
    startTries: 0,
    dirty: true,
    nextAt: after(now, startClaimMs),
    startBy,
    finishBy,
    createdAt: now,
    acceptedAt: null,
    startedAt: null,
  }
}
