import { taskStates, type TaskState } from '@fairlead/contracts/workflow-states'
import type { CompiledTask } from '../definition/compiled'
import type { Observation } from './observation'
import type {
  AttemptWrite,
  Candidate,
  ChildRun,
  CountDelta,
  FanOut,
  LineageNote,
  Notice,
  Plan,
  RunWrite,
} from './plan-types'
import type { AttemptRow, RunRow, TaskRow } from './rows'
import { rowKey } from './rows'
import type { RunEntry } from './run-entries'

/** The working copy of one pass: rows as they become, and what follows from it. Nothing outside of a plan sees it. */
export interface Draft {
  readonly seen: Observation
  readonly now: Date
  run: RunWrite
  readonly rows: Map<string, TaskRow>
  readonly changed: Set<string>
  readonly deltas: Map<string, CountDelta>
  readonly fanOuts: FanOut[]
  readonly candidates: Candidate[]
  readonly attempts: AttemptWrite[]
  readonly starts: AttemptRow[]
  readonly stops: AttemptRow[]
  readonly children: ChildRun[]
  readonly entries: RunEntry[]
  readonly lineage: LineageNote[]
  readonly notices: Notice[]
  /** Rows whose rule must be judged (again) in this pass. */
  readonly undecided: string[]
  again: boolean
  short: boolean
}

export function draftOf(seen: Observation, now: Date): Draft {
  const rows = new Map(seen.tasks.map((row) => [rowKey(row.taskId, row.index), row]))
  return {
    seen,
    now,
    run: unchanged(seen.run),
    rows,
    changed: new Set(),
    deltas: new Map(),
    fanOuts: [],
    candidates: [],
    attempts: [],
    starts: [],
    stops: [],
    children: [],
    entries: [],
    lineage: [],
    notices: [],
    undecided: seen.tasks
      .filter((row) => row.dirty && row.state === 'waiting')
      .map((row) => rowKey(row.taskId, row.index)),
    again: false,
    short: false,
  }
}

const unchanged = (run: RunRow): RunWrite => ({
  state: run.state,
  reason: run.reason,
  openTasks: run.openTasks,
  failedTasks: run.failedTasks,
  failedLeaves: run.failedLeaves,
  startedAt: run.startedAt,
  finishedAt: run.finishedAt,
  deadlineAt: run.deadlineAt,
  deadlineMissedAt: run.deadlineMissedAt,
  timeoutAt: run.timeoutAt,
  cancelReason: run.cancelReason,
  cancelAll: false,
  starting: false,
})

export const taskOf = (draft: Draft, id: string): CompiledTask => {
  const task = draft.seen.compiled.tasks.get(id)
  if (task === undefined) throw new Error(`The version of this run has no task ${id}.`)
  return task
}

export const rowOf = (draft: Draft, taskId: string, index: number): TaskRow | undefined =>
  draft.rows.get(rowKey(taskId, index))

/** Every change of a row goes through here; `dirty` is down once a pass has looked at it. */
export function change(draft: Draft, row: TaskRow, to: Partial<TaskRow>): TaskRow {
  const key = rowKey(row.taskId, row.index)
  const next = { ...row, dirty: false, ...to }
  draft.rows.set(key, next)
  draft.changed.add(key)
  return next
}

export type SettledState = Extract<
  TaskState,
  'succeeded' | 'failed' | 'upstream_failed' | 'skipped' | 'cancelled'
>

interface Settlement {
  readonly state: SettledState
  readonly reason: string
  readonly outputs?: unknown
}

/** A terminal state, once: counts of everything downstream and of the run move with it, in the same transaction. */
export function settle(draft: Draft, row: TaskRow, settlement: Settlement): void {
  if (taskStates[row.state].terminal) return
  const { state, reason } = settlement
  const settled = change(draft, row, {
    state,
    reason,
    ...(settlement.outputs === undefined ? {} : { outputs: settlement.outputs }),
    pending: null,
    nextAt: null,
    finishedAt: draft.now,
  })
  draft.run = { ...draft.run, openTasks: draft.run.openTasks - 1 }
  const task = taskOf(draft, row.taskId)
  if (row.index >= 0) {
    tell(draft, task, oneOf(state, task.setup))
    settleIndex(draft, settled)
    return
  }
  countFailure(draft, task, state)
  // The indexes of a fan-out were told of one by one.
  if (row.size === null || row.size === 0) tell(draft, task, oneOf(state, task.setup))
}

function settleIndex(draft: Draft, index: TaskRow): void {
  const whole = rowOf(draft, index.taskId, -1)
  if (whole === undefined) throw new Error(`The fan-out of ${index.taskId} was not read.`)
  const failed = index.state === 'failed' || index.state === 'cancelled' ? 1 : 0
  const counted = change(draft, whole, {
    indexFailed: whole.indexFailed + failed,
    indexSucceeded: whole.indexSucceeded + (1 - failed),
  })
  const size = counted.size ?? 0
  const settled = counted.indexFailed + counted.indexSucceeded
  if (settled < size) {
    change(draft, counted, { reason: `${settled} of ${size} finished.` })
    return
  }
  const bad = counted.indexFailed
  if (bad > 0) settle(draft, counted, { state: 'failed', reason: `${bad} of ${size} failed.` })
  else settle(draft, counted, { state: 'succeeded', reason: `All ${size} finished.` })
}

function countFailure(draft: Draft, task: CompiledTask, state: SettledState): void {
  const bad = state === 'failed' || state === 'upstream_failed' || state === 'cancelled'
  if (!bad) return
  if (task.leaf) draft.run = { ...draft.run, failedLeaves: draft.run.failedLeaves + 1 }
  else draft.run = { ...draft.run, failedTasks: draft.run.failedTasks + 1 }
}

const nothing = (): CountDelta => ({
  needs: 0,
  succeeded: 0,
  failed: 0,
  upstreamFailed: 0,
  skipped: 0,
  setupsSucceeded: 0,
  setupsSkipped: 0,
  setupsSettled: 0,
})

function oneOf(state: SettledState, setup: boolean): CountDelta {
  const delta = nothing()
  if (state === 'succeeded') delta.succeeded = 1
  else if (state === 'skipped') delta.skipped = 1
  else if (state === 'upstream_failed') delta.upstreamFailed = 1
  else delta.failed = 1
  if (setup) {
    delta.setupsSettled = 1
    delta.setupsSucceeded = delta.succeeded
    delta.setupsSkipped = delta.skipped
  }
  return delta
}

/** Its cost is the out-degree of the task, however large the rest of the graph is. */
function tell(draft: Draft, task: CompiledTask, delta: CountDelta): void {
  for (const id of task.downstream) {
    const row = rowOf(draft, id, -1)
    if (row === undefined) {
      const sum = draft.deltas.get(id) ?? nothing()
      for (const key of Object.keys(sum) as (keyof CountDelta)[]) sum[key] += delta[key]
      draft.deltas.set(id, sum)
      continue
    }
    change(draft, row, {
      dirty: row.dirty,
      needs: row.needs + delta.needs,
      succeeded: row.succeeded + delta.succeeded,
      failed: row.failed + delta.failed,
      upstreamFailed: row.upstreamFailed + delta.upstreamFailed,
      skipped: row.skipped + delta.skipped,
      setupsSucceeded: row.setupsSucceeded + delta.setupsSucceeded,
      setupsSkipped: row.setupsSkipped + delta.setupsSkipped,
      setupsSettled: row.setupsSettled + delta.setupsSettled,
    })
    if (row.state === 'waiting') draft.undecided.push(rowKey(id, -1))
  }
}

/** What was one upstream of everything downstream is as many as it has indexes now. */
export const tellSize = (draft: Draft, task: CompiledTask, size: number): void =>
  tell(draft, task, { ...nothing(), needs: size - 1 })

export const note = (draft: Draft, row: TaskRow | null, kind: string, message: string): void =>
  void draft.entries.push({
    taskId: row?.taskId ?? null,
    index: row === null || row.index < 0 ? null : row.index,
    kind,
    message,
  })

export function planOf(draft: Draft, next: Plan['next'], reason: string): Plan {
  const tasks = [...draft.changed].flatMap((key) => draft.rows.get(key) ?? [])
  // A row may have been told of something after it became a candidate.
  const candidates = draft.candidates.map((candidate) => ({
    ...candidate,
    row: draft.rows.get(rowKey(candidate.row.taskId, candidate.row.index)) ?? candidate.row,
  }))
  return { ...draft, tasks, candidates, next: draft.again && next === 'later' ? 'again' : next, reason }
}
