import { note, type Draft } from './draft'
import { after } from './times'

/** A queued run starts when the workflow may have one more; the transaction makes sure. */
export function start(draft: Draft): void {
  const { compiled } = draft.seen
  const { now } = draft
  draft.run = {
    ...draft.run,
    state: 'running',
    reason: '',
    starting: true,
    startedAt: draft.run.startedAt ?? now,
    deadlineAt:
      draft.run.deadlineAt ?? (compiled.deadlineMs === null ? null : after(now, compiled.deadlineMs)),
    timeoutAt: compiled.timeoutMs === null ? null : after(now, compiled.timeoutMs),
  }
  note(draft, null, 'started', 'The run started.')
}

/** What the clock alone says of a run. */
export function watchClock(draft: Draft): void {
  const { run, now } = draft
  if (run.deadlineAt !== null && run.deadlineAt <= now && run.deadlineMissedAt === null) {
    draft.run = { ...draft.run, deadlineMissedAt: now }
    const message = `The deadline ${run.deadlineAt.toISOString()} is missed.`
    note(draft, null, 'deadline', message)
    draft.notices.push({ on: 'deadline', message })
  }
  for (const { taskId, at } of draft.seen.deadlines.missed) {
    const message = `Its deadline ${at.toISOString()} is missed.`
    draft.entries.push({ taskId, index: null, kind: 'deadline', message })
    draft.notices.push({ on: 'deadline', message: `${taskId}: the deadline is missed.`, task: taskId })
  }
  if (run.timeoutAt !== null && run.timeoutAt <= now && run.state === 'running') {
    const reason = 'It ran longer than its timeout.'
    draft.run = { ...draft.run, state: 'cancelling', cancelReason: reason, reason }
    note(draft, null, 'timeout', reason)
  }
}

/** With nothing open the run is over; leaves decide, and a failure in the middle is said, not hidden. */
export function end(draft: Draft): void {
  const { run, now } = draft
  if (run.openTasks > 0) return
  const ended = outcome(draft)
  draft.run = { ...run, ...ended, finishedAt: now }
  note(draft, null, ended.state, ended.reason)
  const on = ended.state === 'failed' ? 'failed' : ended.state === 'cancelled' ? 'cancelled' : 'succeeded'
  draft.notices.push({ on, message: ended.reason })
}

function outcome({ run, seen }: Draft) {
  if (run.state === 'cancelling') {
    const reason = run.cancelReason ?? 'It was cancelled.'
    return seen.run.cancelledBy === null
      ? { state: 'failed' as const, reason }
      : { state: 'cancelled' as const, reason: `Cancelled by ${seen.run.cancelledBy}: ${reason}` }
  }
  const { failedLeaves, failedTasks } = run
  const tasks = (count: number): string => `${count} ${count === 1 ? 'task' : 'tasks'}`
  if (failedLeaves > 0)
    return { state: 'failed' as const, reason: `${tasks(failedLeaves)} at the end of the graph failed.` }
  if (failedTasks > 0)
    return {
      state: 'succeeded_with_failures' as const,
      reason: `${tasks(failedTasks)} on the way failed; everything at the end of the graph is fine.`,
    }
  return { state: 'succeeded' as const, reason: 'Every task is fine.' }
}
