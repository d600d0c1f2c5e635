import type { Bell } from '@fairlead/contracts/doorbells'
import { runStates } from '@fairlead/contracts/workflow-states'
import { appendChanges } from '@fairlead/db/changes'
import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'
import { admitUnderLock, apartFromLive } from './admission'
import type { EngineDeps } from './engine-deps'
import { claimStarts, intend } from './intend'
import { batch } from './ready-rows'
import type { Observation } from './observation'
import type { Plan } from './plan-types'
import { mayStart, nextQueued } from './run-slots'
import { writeEntries } from './run-entries'
import { recordTelling } from './record-telling'
import type { AttemptRow } from './rows'
import { poolWaiters, wakeParent } from './wake-others'
import { after, earliest } from './times'
import { together } from './together'
import { cancelAll, insertFanOut, writeAttempts, writeDeltas, writeTasks } from './write-rows'

export type Recorded =
  | {
      readonly kind: 'written'
      /** Committed intents, new and claimed again: only these may be created. */
      readonly starts: readonly AttemptRow[]
      readonly bells: readonly Bell[]
      readonly again: boolean
      readonly checkAt: Date | null
    }
  | { readonly kind: 'lost' }

/** How long a run that may not start yet, or whose tasks found no slot, sleeps when nobody rings. */
const blockedRetryMs = 5_000

/** One transaction, guarded by the run's version: whoever read an older one writes nothing. */
export async function recordPlan(
  deps: EngineDeps,
  seen: Observation,
  plan: Plan,
  now: Date,
): Promise<Recorded> {
  try {
    return await deps.sql.$transaction((tx) => writePlan(deps, tx, { seen, plan, now }))
  } catch (error) {
    if (error instanceof Overtaken) return { kind: 'lost' }
    throw error
  }
}

/** More was seen of an attempt between observation and record than the plan knew: nothing of it is written. */
class Overtaken extends Error {}

interface Decided {
  readonly seen: Observation
  readonly plan: Plan
  readonly now: Date
}

async function writePlan(deps: EngineDeps, tx: RawSql, { seen, plan, now }: Decided): Promise<Recorded> {
  const { run } = seen
  const won = await tx.$executeRaw(Prisma.sql`
      UPDATE workflow_runs SET version = version + 1 WHERE id = ${run.id}::uuid AND version = ${run.version}`)
  if (won === 0) return { kind: 'lost' }
  if (plan.run.starting && !(await mayStart(tx, seen))) return keepQueued(tx, seen, now)
  // First, so that a slot that has just been freed is free for what is ready now.
  if (!(await writeAttempts(tx, plan.attempts))) throw new Overtaken()
  const { startable, held } = await apartFromLive(tx, run.id, plan.candidates)
  const { admitted, blocked } = await admitUnderLock(tx, seen, startable)
  await deps.onStep?.('admitted')
  const intents = intend(seen, admitted, now)
  const claimed = await claimStarts(tx, plan.starts, now)
  const rows = new Map(plan.tasks.map((row) => [`${row.taskId}/${row.index}`, row]))
  for (const row of intents.rows) rows.set(`${row.taskId}/${row.index}`, row)
  for (const { candidate, reason } of [...held, ...blocked])
    if (candidate.row.reason !== reason || candidate.row.nextAt !== null)
      rows.set(`${candidate.row.taskId}/${candidate.row.index}`, {
        ...candidate.row,
        reason,
        dirty: false,
        nextAt: null,
      })
  await together(tx, [
    intents.write,
    writeTasks(run.id, [...rows.values()]),
    writeDeltas(run.id, plan.deltas),
    ...plan.fanOuts.map((fanOut) => insertFanOut(run.id, fanOut, now)),
    writeEntries(run.id, now, plan.entries),
  ])
  await deps.onStep?.('written')
  const open = plan.run.cancelAll ? await cancelAll(tx, run.id, plan.run.cancelReason ?? '', now) : null
  const again =
    plan.next === 'again' ||
    seen.more ||
    plan.deltas.size > 0 ||
    plan.fanOuts.length > 0 ||
    open === 0 ||
    (admitted.length > 0 && plan.candidates.length >= batch)
  const checkAt = await writeRun(tx, seen, plan, {
    open,
    again,
    blocked: blocked.length > 0 || plan.short,
    now,
  })
  await recordTelling(tx, seen, plan, now)
  const bells = await bellsOf(tx, seen, plan)
  if (isNews(plan, admitted.length))
    await appendChanges(tx, [{ topic: 'run', key: run.id, projectId: run.projectId }])
  return { kind: 'written', starts: [...intents.attempts, ...claimed], bells, again, checkAt }
}

const isNews = (plan: Plan, admitted: number): boolean =>
  admitted > 0 || plan.tasks.length > 0 || plan.attempts.length > 0 || plan.run.finishedAt !== null

async function keepQueued(tx: RawSql, { run }: Observation, now: Date): Promise<Recorded> {
  const checkAt = after(now, blockedRetryMs)
  const reason = `Waits for earlier runs: of this workflow ${run.maxActiveRuns} may be active at once.`
  await tx.$executeRaw(Prisma.sql`
    UPDATE workflow_runs SET "checkAt" = ${checkAt}, reason = ${reason} WHERE id = ${run.id}::uuid`)
  return { kind: 'written', starts: [], bells: [], again: false, checkAt }
}

interface RunFacts {
  readonly open: number | null
  readonly blocked: boolean
  readonly again: boolean
  readonly now: Date
}

/** The next time at which something of this run is due is a column: it outlives every process and Redis. */
async function writeRun(
  tx: RawSql,
  { run, deadlines }: Observation,
  plan: Plan,
  { open, again, blocked, now }: RunFacts,
): Promise<Date | null> {
  const to = plan.run
  const over = runStates[to.state].terminal
  // Whoever is killed before the next pass leaves it here.
  const fallback = again ? now : blocked ? after(now, blockedRetryMs) : null
  const deadline = to.deadlineMissedAt === null ? to.deadlineAt : null
  const timeout = earliest(to.state === 'running' ? to.timeoutAt : null, over ? null : deadlines.nextAt)
  const [row] = await tx.$queryRaw<{ checkAt: Date | null }[]>(Prisma.sql`
    UPDATE workflow_runs SET state = ${to.state},
      reason = ${to.reason},
      "openTasks" = ${open ?? to.openTasks}, "failedTasks" = ${to.failedTasks}, "failedLeaves" = ${to.failedLeaves},
      "startedAt" = ${to.startedAt}, "finishedAt" = ${to.finishedAt}, "deadlineAt" = ${to.deadlineAt},
      "deadlineMissedAt" = ${to.deadlineMissedAt}, "timeoutAt" = ${to.timeoutAt}, "cancelReason" = ${to.cancelReason},
      "checkReason" = ${plan.reason},
      "checkAt" = LEAST(
        (SELECT min("nextAt") FROM workflow_attempts WHERE "runId" = ${run.id}::uuid AND live AND state <> 'intended'),
        CASE WHEN NOT ${over} THEN LEAST(
          (SELECT min("nextAt") FROM workflow_tasks WHERE "runId" = ${run.id}::uuid AND "nextAt" IS NOT NULL),
          ${fallback}::timestamptz, ${deadline}::timestamptz, ${timeout}::timestamptz) END)
    WHERE id = ${run.id}::uuid RETURNING "checkAt"`)
  return row?.checkAt ?? null
}

/** Attempts of a task that was cleared may outlive their run. */
const endsNow = ({ run }: Observation, plan: Plan): boolean =>
  plan.run.finishedAt !== null && !runStates[run.state].terminal

/** Who else may go on because of this: the parent that waits, the queue of the workflow, those that lacked a slot. */
async function bellsOf(tx: RawSql, seen: Observation, plan: Plan): Promise<Bell[]> {
  const { run } = seen
  const bells: Bell[] = []
  const ring = (ids: readonly string[]): void =>
    void bells.push(...ids.map((key) => ({ doorbell: 'run' as const, key })))
  if (endsNow(seen, plan)) {
    await appendChanges(tx, [{ topic: 'workflow', key: run.workflowId, projectId: run.projectId }])
    if (run.parentRunId !== null) ring(await wakeParent(tx, run.parentRunId))
    ring(await nextQueued(tx, run))
  }
  const ended = plan.attempts.filter(({ finishedAt }) => finishedAt !== null).length
  if (ended > 0) ring(await poolWaiters(tx, seen, ended))
  return bells
}
