import { runStates, taskStates, type RunState, type TaskState } from '@fairlead/contracts/workflow-states'
import type { CompiledTask, CompiledWorkflow } from '../definition/compiled'
import type { TaskRow } from './rows'
import { rowKey } from './rows'

export interface ClearRequest {
  /** None: the whole run. */
  readonly tasks: readonly string[]
  readonly downstream: boolean
  readonly onlyFailed: boolean
}

export interface ClearDecision {
  /** Exactly what is reset, as it stands now: the preview shows these and applyClear resets these. */
  readonly reset: readonly TaskRow[]
  /** Rows as they shall be, new ones of another version included. */
  readonly rows: readonly TaskRow[]
  /** Fan-outs whose index set is decided anew. */
  readonly unfold: readonly string[]
  /** Tasks that the version doesn't have. */
  readonly removed: readonly string[]
  readonly openTasks: number
  readonly failedTasks: number
  readonly failedLeaves: number
}

const bad: ReadonlySet<TaskState> = new Set(['failed', 'upstream_failed', 'cancelled'])

/** Pure: what clearing these tasks of a run does, under the version that it goes on with. */
export function planClear(
  compiled: CompiledWorkflow,
  rows: readonly TaskRow[],
  request: ClearRequest,
): ClearDecision {
  const known = new Map(rows.flatMap((row) => (row.index < 0 ? [[row.taskId, row] as const] : [])))
  const indexes = new Map<string, TaskRow[]>()
  for (const row of rows) if (row.index >= 0) indexesOf(indexes, row.taskId).push(row)
  const chosen = choose(compiled, known, request)
  const partly = (id: string): boolean =>
    request.onlyFailed && known.get(id)?.state === 'failed' && indexes.has(id)
  const next = new Map<string, TaskRow>()
  const reset: TaskRow[] = []
  const unfold: string[] = []
  for (const task of compiled.tasks.values()) {
    const row = known.get(task.id)
    const own = indexes.get(task.id) ?? []
    if (row === undefined) next.set(rowKey(task.id, -1), blank(task, 0, 0))
    else if (!chosen.has(task.id)) keep(next, [row, ...own])
    else if (partly(task.id)) reset.push(...reopenIndexes(next, row, own))
    else {
      reset.push(row, ...own)
      if (own.length > 0) unfold.push(task.id)
      next.set(rowKey(task.id, -1), blank(task, row.attempts, row.generation + 1))
    }
  }
  recount(compiled, next)
  const result = [...next.values()]
  return {
    reset,
    rows: result,
    unfold,
    removed: [...known.keys()].filter((id) => !compiled.tasks.has(id)),
    ...tally(compiled, result),
  }
}

function indexesOf(indexes: Map<string, TaskRow[]>, taskId: string): TaskRow[] {
  const own = indexes.get(taskId) ?? []
  indexes.set(taskId, own)
  return own
}

function choose(
  compiled: CompiledWorkflow,
  known: ReadonlyMap<string, TaskRow>,
  request: ClearRequest,
): ReadonlySet<string> {
  const isBad = (id: string): boolean => bad.has(known.get(id)?.state ?? 'waiting')
  const given = request.tasks.length === 0 ? compiled.order : request.tasks
  const roots = given.filter((id) => !request.onlyFailed || isBad(id))
  // Tasks that the version adds have not run: what comes after them must not have either.
  const added = compiled.order.filter((id) => !known.has(id))
  const chosen = new Set(roots)
  const open = request.downstream ? [...roots, ...added] : [...added]
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const below of compiled.tasks.get(id)?.downstream ?? [])
      if (!chosen.has(below)) {
        chosen.add(below)
        open.push(below)
      }
  if (!request.onlyFailed) return chosen
  return new Set([...chosen].filter((id) => isBad(id) || known.get(id)?.state === 'skipped'))
}

function keep(next: Map<string, TaskRow>, rows: readonly TaskRow[]): void {
  for (const row of rows) next.set(rowKey(row.taskId, row.index), row)
}

/** Of a fan-out whose index set stays: the indexes that failed are run again. */
function reopenIndexes(next: Map<string, TaskRow>, whole: TaskRow, own: readonly TaskRow[]): TaskRow[] {
  const failed = own.filter(({ state }) => bad.has(state))
  const size = whole.size ?? own.length
  keep(next, [
    {
      ...whole,
      state: 'expanded',
      reason: `${size - failed.length} of ${size} finished.`,
      indexFailed: 0,
      indexSucceeded: size - failed.length,
      finishedAt: null,
    },
    ...own,
    ...failed.map((row) => ({ ...afresh(row), state: 'ready' as const, item: row.item })),
  ])
  return [whole, ...failed]
}

const afresh = (row: TaskRow): TaskRow => ({
  ...row,
  reason: 'Cleared.',
  outputs: null,
  tried: {},
  memory: null,
  pending: null,
  generation: row.generation + 1,
  dirty: false,
  nextAt: null,
  readyAt: null,
  startedAt: null,
  finishedAt: null,
})

const blank = (task: CompiledTask, attempts: number, generation: number): TaskRow => ({
  taskId: task.id,
  index: -1,
  position: task.position,
  state: 'waiting',
  reason: 'Cleared.',
  needs: task.needs.length,
  succeeded: 0,
  failed: 0,
  upstreamFailed: 0,
  skipped: 0,
  setupsSucceeded: 0,
  setupsSkipped: 0,
  setupsSettled: 0,
  size: null,
  indexSucceeded: 0,
  indexFailed: 0,
  item: null,
  outputs: null,
  attempts,
  tried: {},
  memory: null,
  pending: null,
  pool: task.source.pool ?? null,
  cluster: null,
  priority: task.source.priority,
  generation,
  dirty: true,
  nextAt: null,
  readyAt: null,
  startedAt: null,
  finishedAt: null,
})

/** Whatever still waits counts its upstreams as they stand now. */
function recount(compiled: CompiledWorkflow, rows: Map<string, TaskRow>): void {
  for (const task of compiled.tasks.values()) {
    const key = rowKey(task.id, -1)
    const row = rows.get(key)
    if (row?.state === 'waiting') rows.set(key, { ...row, ...countsOf(task, rows), dirty: true })
  }
}

function countsOf(task: CompiledTask, rows: ReadonlyMap<string, TaskRow>) {
  const counts = {
    needs: 0,
    succeeded: 0,
    failed: 0,
    upstreamFailed: 0,
    skipped: 0,
    setupsSucceeded: 0,
    setupsSkipped: 0,
    setupsSettled: 0,
  }
  for (const id of task.needs)
    for (const { state } of standingFor(id, rows)) {
      counts.needs += 1
      if (!taskStates[state].terminal) continue
      if (state === 'succeeded') counts.succeeded += 1
      else if (state === 'skipped') counts.skipped += 1
      else if (state === 'upstream_failed') counts.upstreamFailed += 1
      else counts.failed += 1
      if (!task.setups.includes(id)) continue
      counts.setupsSettled += 1
      if (state === 'succeeded') counts.setupsSucceeded += 1
      if (state === 'skipped') counts.setupsSkipped += 1
    }
  return counts
}

/** The rows that stand for one upstream: itself, or each index of its fan-out. */
function standingFor(id: string, rows: ReadonlyMap<string, TaskRow>): readonly TaskRow[] {
  const whole = rows.get(rowKey(id, -1))
  if (whole === undefined) return []
  if (whole.size === null || whole.size === 0) return [whole]
  return Array.from({ length: whole.size }, (_, index) => rows.get(rowKey(id, index)) ?? whole)
}

function tally(compiled: CompiledWorkflow, rows: readonly TaskRow[]) {
  let [openTasks, failedTasks, failedLeaves] = [0, 0, 0]
  for (const { taskId, index, state } of rows) {
    if (!taskStates[state].terminal) openTasks += 1
    if (index >= 0 || !bad.has(state)) continue
    if (compiled.tasks.get(taskId)?.leaf === true) failedLeaves += 1
    else failedTasks += 1
  }
  return { openTasks, failedTasks, failedLeaves }
}

/** Why a run in this state can't be cleared; null when it can. */
export function clearBlocked(state: RunState): string | null {
  if (state === 'queued') return 'The run has not started; there is nothing to clear.'
  if (state === 'cancelling') return 'The run is being cancelled; clear it when that is done.'
  return null
}

export const isOver = (state: RunState): boolean => runStates[state].terminal
