import { attemptStates } from '@fairlead/contracts/workflow-states'
import { placeName } from '@fairlead/contracts/airflow-place'
import { failureCauses, isDagRun, type FailureCause } from '@fairlead/contracts/task-runner'
import { parseOutputs } from '../definition/outputs'
import { retryDecision } from '../definition/retry'
import { change, note, rowOf, settle, taskOf, type Draft } from './draft'
import type { AttemptWrite } from './plan-types'
import type { AttemptRow, TaskRow } from './rows'
import { liveWords, vanishedWords } from './attempt-words'
import { after, earliest } from './times'
import { lineageOf } from './plan-lineage'
import { fail } from './plan-tasks'
import { randomOf } from './seeded'
import { orphanAfterMs, stopAgainMs, stoppingForMs, stuckAfterMs } from './start-claim'

/** How often what can't be done now is tried again. */
const stopRetryMs = 500
const unknownRetryMs = 5_000

/** What is known of one live attempt, and what follows for its task. */
export function planAttempt(draft: Draft, attempt: AttemptRow): void {
  const phase = attempt.observedPhase
  if (phase === 'succeeded') return finish(draft, attempt, succeededOutcome(draft, attempt))
  if (phase === 'failed') return finish(draft, attempt, failedOutcome(attempt))
  if (phase === 'gone' || phase === 'vanished')
    return attempt.stopCause === null
      ? finish(draft, attempt, {
          state: 'lost',
          cause: 'lost',
          reason: vanishedWords(attempt),
        })
      : finish(draft, attempt, stoppedOutcome(attempt, attempt.stopCause))
  if (attempt.state === 'stopping') return planStopping(draft, attempt)
  planLive(draft, attempt)
}

/** Not finished, as far as anybody knows. */
function planLive(draft: Draft, attempt: AttemptRow): void {
  const { now } = draft
  const running = attempt.observedPhase === 'running'
  const exists = attempt.state === 'intended' && attempt.observedPhase !== null
  const state = running ? 'running' : exists ? 'accepted' : attempt.state
  const startedAt = attempt.startedAt ?? (running ? (attempt.observedAt ?? now) : null)
  const startOver = !running && attempt.startBy !== null && attempt.startBy <= now
  const finishOver = attempt.finishBy !== null && attempt.finishBy <= now
  if (startOver || finishOver) {
    const unknown = silence(draft, attempt)
    if (unknown !== null) return postpone(draft, attempt, unknown)
    const cause = finishOver ? 'timeout' : 'start_timeout'
    return giveUp(draft, attempt, cause, timeoutWords(attempt, cause))
  }
  const exhausted = silence(draft, attempt) === null ? startsExhausted(draft, attempt) : null
  if (exhausted !== null) return giveUp(draft, attempt, exhausted, attempt.observedReason)
  if (attempt.state === 'intended' && attempt.observedPhase === null) {
    const unknown = silence(draft, attempt)
    // A cluster that is away refuses nothing: that isn't counted as a try.
    if (unknown !== null) return postpone(draft, attempt, unknown)
    if (attempt.nextAt === null || attempt.nextAt <= now) draft.starts.push(attempt)
    return
  }
  write(draft, attempt, {
    state,
    startedAt,
    nextAt: running ? attempt.finishBy : earliest(attempt.startBy, attempt.finishBy),
  })
  const row = rowOf(draft, attempt.taskId, attempt.index)
  if (row === undefined || !isCurrent(attempt, row)) return
  change(draft, row, {
    dirty: row.dirty,
    reason: attempt.observedReason || liveWords(attempt, running),
    startedAt: row.startedAt ?? startedAt,
  })
  if (running && attempt.startedAt === null) lineageOf(draft, row, attempt.number, 'START')
}

/** Transient refusals of the start are counted by cause, as the task's failures are. */
function startsExhausted(draft: Draft, attempt: AttemptRow): FailureCause | null {
  if (attempt.state !== 'intended' || attempt.startTries === 0 || attempt.observedCause === null) return null
  const budget = failureCauses[attempt.observedCause].budget
  const allowed = budget === null ? 0 : taskOf(draft, attempt.taskId).retries.budgetOf[budget]
  return attempt.startTries > allowed ? attempt.observedCause : null
}

const timeoutWords = (attempt: AttemptRow, cause: 'timeout' | 'start_timeout'): string =>
  cause === 'timeout'
    ? 'It ran longer than its timeout.'
    : `It did not start in time. ${attempt.observedReason}`.trim()

/** Why nothing can be said of this attempt now: silence isn't failure. */
function silence(draft: Draft, attempt: AttemptRow): string | null {
  const known = draft.seen.clusters.get(attempt.cluster)
  if (known === undefined || known.reachable) return null
  return `Its state is unknown: ${placeName(attempt.cluster)} has not answered since ${known.since.toISOString()}. ${known.reason}`
}

function postpone(draft: Draft, attempt: AttemptRow, reason: string): void {
  write(draft, attempt, { nextAt: after(draft.now, unknownRetryMs) })
  const row = rowOf(draft, attempt.taskId, attempt.index)
  if (row !== undefined && isCurrent(attempt, row)) change(draft, row, { dirty: row.dirty, reason })
}

/** From here on it is being stopped; it stays live until the runner says that nothing of it runs. */
export function giveUp(draft: Draft, attempt: AttemptRow, cause: FailureCause, reason: string): void {
  if (attempt.state === 'stopping') return
  const stopping = {
    state: 'stopping',
    stopCause: cause,
    stopReason: reason,
    finishBy: after(draft.now, orphanAfterMs),
  } as const
  write(draft, attempt, { ...stopping, nextAt: after(draft.now, stopRetryMs) })
  draft.stops.push({ ...attempt, ...stopping })
  const row = rowOf(draft, attempt.taskId, attempt.index)
  if (row !== undefined && isCurrent(attempt, row))
    change(draft, row, { dirty: row.dirty, reason: `${reason} It is being stopped.` })
}

function planStopping(draft: Draft, attempt: AttemptRow): void {
  const stopped = stoppedOutcome(attempt, attempt.stopCause ?? 'cancelled')
  const unknown = silence(draft, attempt)
  const waitedMs = stoppingForMs(attempt, draft.now)
  if (unknown !== null && waitedMs >= orphanAfterMs)
    return orphan(draft, attempt, { ...stopped, orphan: 'unseen' }, unknown)
  if (unknown === null && waitedMs >= stuckAfterMs) {
    const words = `${placeName(attempt.cluster, 'start')} answers, and has not let go of it for ${stuckAfterMs / 60_000} minutes.`
    return orphan(draft, attempt, { ...stopped, orphan: 'stuck' }, words)
  }
  draft.stops.push(attempt)
  write(draft, attempt, { nextAt: after(draft.now, stopAgainMs(attempt, draft.now)) })
}

/** The run goes on without it; upkeep goes on asking until nothing of it is left. */
function orphan(draft: Draft, attempt: AttemptRow, outcome: Outcome, why: string): void {
  const { taskId, index, number } = attempt
  draft.entries.push({
    taskId,
    index: index < 0 ? null : index,
    kind: 'orphan',
    message: `Attempt ${number} is an orphan, cleanup pending: ${why}`,
  })
  finish(draft, attempt, {
    ...outcome,
    reason: sentences(outcome.reason, 'It is an orphan, cleanup pending'),
  })
}

interface Outcome {
  readonly state: 'succeeded' | 'failed' | 'lost' | 'cancelled'
  readonly cause: FailureCause | null
  readonly reason: string
  readonly outputs?: unknown
  /** Something of it may still run: unseen, until its cluster is back, or seen, and whatever we ask it stays. */
  readonly orphan?: 'unseen' | 'stuck'
}

function succeededOutcome(draft: Draft, attempt: AttemptRow): Outcome {
  const outputs = parseOutputs(taskOf(draft, attempt.taskId), attempt.observedOutput)
  return outputs.ok
    ? { state: 'succeeded', cause: null, reason: 'It succeeded.', outputs: outputs.value }
    : { state: 'failed', cause: 'outputs', reason: outputs.reason }
}

/** What we stopped fails for our reason, not for the signal that it died of. */
const failedOutcome = (attempt: AttemptRow): Outcome =>
  attempt.stopCause === null
    ? {
        state: attempt.observedCause === 'lost' ? 'lost' : 'failed',
        cause: attempt.observedCause ?? 'exit_code',
        reason: attempt.observedReason,
      }
    : stoppedOutcome(attempt, attempt.stopCause)

const stoppedOutcome = (attempt: AttemptRow, cause: FailureCause): Outcome => ({
  state: cause === 'cancelled' ? 'cancelled' : 'failed',
  cause,
  reason: attempt.stopReason,
})

const isCurrent = (attempt: AttemptRow, row: TaskRow): boolean =>
  attempt.generation === row.generation && attempt.number === row.attempts && row.state === 'running'

/** Terminal, once; a task that was cleared meanwhile has nothing to do with it any more. */
function finish(draft: Draft, attempt: AttemptRow, outcome: Outcome): void {
  write(draft, attempt, {
    state: outcome.state,
    cause: outcome.cause,
    reason: outcome.reason,
    exitCode: attempt.observedExit,
    nextAt: null,
    startedAt: attempt.startedAt ?? (attempt.observedPhase === 'succeeded' ? attempt.observedAt : null),
    finishedAt: attempt.observedAt ?? draft.now,
    upkeep: outcome.orphan === undefined ? 'archive' : 'kill',
  })
  const row = rowOf(draft, attempt.taskId, attempt.index)
  if (row === undefined || !isCurrent(attempt, row)) return
  if (outcome.state === 'succeeded') {
    settle(draft, row, { state: 'succeeded', reason: outcome.reason, outputs: outcome.outputs ?? null })
    lineageOf(draft, row, attempt.number, 'COMPLETE')
    return
  }
  lineageOf(draft, row, attempt.number, outcome.state === 'cancelled' ? 'ABORT' : 'FAIL')
  if (outcome.cause === 'cancelled' || draft.seen.run.state === 'cancelling')
    return settle(draft, row, { state: 'cancelled', reason: outcome.reason })
  // Its cluster says that it is still there: another one beside it would be known to be the second.
  if (outcome.orphan === 'stuck') return fail(draft, row, outcome.reason)
  failOrRetry(draft, { row, attempt }, outcome.cause ?? 'exit_code', outcome.reason)
}

function failOrRetry(
  draft: Draft,
  { row, attempt }: { readonly row: TaskRow; readonly attempt: AttemptRow },
  cause: FailureCause,
  reason: string,
): void {
  const decision = retryDecision({
    policy: taskOf(draft, row.taskId).retries,
    tried: row.tried,
    cause,
    memory: row.memory ?? memoryOf(attempt.spec),
    random: randomOf(attempt.key),
  })
  const words = `Attempt ${attempt.number}: ${reason}`
  if (!decision.retry) {
    note(draft, row, 'failed', sentences(words, decision.reason))
    return settle(draft, row, { state: 'failed', reason: sentences(reason, decision.reason) })
  }
  const { budget, delayMs } = decision
  const nextAt = after(draft.now, delayMs)
  note(draft, row, 'retry', sentences(words, `${decision.reason}, at ${nextAt.toISOString()}`))
  change(draft, row, {
    state: 'retrying',
    reason: sentences(reason, decision.reason),
    tried: { ...row.tried, [budget]: (row.tried[budget] ?? 0) + 1 },
    memory: decision.memory ?? row.memory,
    nextAt,
  })
}

/** Reasons of runners and rules come with and without a full stop. */
const sentences = (...parts: readonly string[]): string =>
  parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`))
    .join(' ')

/** The limit, else the request, of what ran. */
function memoryOf(spec: AttemptRow['spec']): string | null {
  if (isDagRun(spec)) return null
  const { limits, requests } = spec.resources
  return limits['memory'] ?? requests['memory'] ?? null
}

function write(draft: Draft, attempt: AttemptRow, to: Partial<AttemptWrite>): void {
  const state = to.state ?? attempt.state
  draft.attempts.push({
    key: attempt.key,
    seenSeq: attempt.observedSeq,
    from: attempt.state,
    state,
    cause: null,
    reason: attempt.observedReason,
    exitCode: null,
    stopCause: attempt.stopCause,
    stopReason: attempt.stopReason,
    dirty: !attemptStates[state].terminal && state === 'intended',
    nextAt: attempt.nextAt,
    startBy: attempt.startBy,
    finishBy: attempt.finishBy,
    startedAt: attempt.startedAt,
    finishedAt: null,
    upkeep: 'none',
    ...to,
  })
}
