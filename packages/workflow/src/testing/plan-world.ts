import { runStates, taskStates } from '@fairlead/contracts/workflow-states'
import { parseWorkflow } from '../definition/parse-workflow'
import type { CompiledWorkflow } from '../definition/compiled'
import type { Observation, TaskReading } from '../run/observation'
import { planRun } from '../run/plan'
import type { AttemptWrite, Candidate, FanOut, Plan } from '../run/plan-types'
import { rowKey, type AttemptRow, type RunRow, type TaskRow } from '../run/rows'
import { after } from '../run/times'

/** One run in memory: rows as record.ts would write them, so that plans alone are on trial. */
export interface PlanWorld {
  readonly run: () => RunRow
  readonly rows: ReadonlyMap<string, TaskRow>
  readonly live: () => readonly AttemptRow[]
  observe(): Observation
  /** One pass: the plan, written. */
  pass(): Plan
  /** What an observer says of a live attempt. */
  end(key: string, succeeded: boolean): void
  /** To the next time at which a row is due; false when none is. */
  wait(): boolean
}

const started = new Date('2026-01-01T12:00:00Z')

export function createPlanWorld(source: string): PlanWorld {
  const parsed = parseWorkflow(source)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const { compiled } = parsed
  let now = started
  let run = newRun(compiled)
  const rows = new Map<string, TaskRow>(
    [...compiled.tasks.values()].map((task) => {
      const dirty = task.needs.length === 0 || task.trigger === 'always'
      const row = { ...blank, taskId: task.id, position: task.position, needs: task.needs.length, dirty }
      return [rowKey(task.id, -1), row]
    }),
  )
  const attempts = new Map<string, AttemptRow>()
  const live = (): readonly AttemptRow[] => [...attempts.values()]

  const observe = (): Observation => {
    const due = live().filter(({ dirty, observedPhase }) => dirty && observedPhase !== null)
    const wanted = new Set<string>()
    for (const { taskId, index } of due) {
      wanted.add(rowKey(taskId, index)).add(rowKey(taskId, -1))
      for (const id of compiled.tasks.get(taskId)?.downstream ?? []) wanted.add(rowKey(id, -1))
    }
    for (const [key, row] of rows)
      if (row.dirty || (row.nextAt !== null && row.nextAt <= now) || row.state === 'ready')
        wanted.add(key).add(rowKey(row.taskId, -1))
    return {
      run,
      workflowName: compiled.name,
      compiled,
      tasks: [...wanted].flatMap((key) => rows.get(key) ?? []),
      attempts: due,
      more: false,
      limits: [],
      deadlines: { missed: [], nextAt: null },
      reads: readingsOf(rows),
      destinations: [{ cluster: 'one', namespace: '*' }],
      clusters: new Map(),
      decisions: new Map(),
      findings: new Map(),
    }
  }
  const put = (row: TaskRow): void => {
    const before = rows.get(rowKey(row.taskId, row.index))
    if (before !== undefined && taskStates[before.state].terminal && before.state !== row.state)
      throw new Error(`${row.taskId} was ${before.state} and becomes ${row.state}`)
    rows.set(rowKey(row.taskId, row.index), row)
  }
  const record = (plan: Plan): void => {
    const { cancelAll: _all, starting: _starting, ...written } = plan.run
    run = { ...run, ...written, version: run.version + 1 }
    plan.tasks.forEach(put)
    for (const [id, delta] of plan.deltas) {
      const row = rows.get(rowKey(id, -1))
      if (row === undefined) continue
      const counts = Object.entries(delta).map(([key, by]) => [key, row[key as keyof typeof delta] + by])
      put({ ...row, ...Object.fromEntries(counts), dirty: row.dirty || row.state === 'waiting' })
    }
    plan.fanOuts.forEach(unfold)
    plan.attempts.forEach(settleAttempt)
    plan.candidates.forEach(intend)
  }
  const unfold = ({ taskId, position, items, generation }: FanOut): void =>
    items.forEach((item, index) =>
      put({ ...blank, taskId, index, position, item, generation, state: 'ready', readyAt: now }),
    )
  const settleAttempt = ({ key, finishedAt, state, dirty }: AttemptWrite): void => {
    const attempt = attempts.get(key)
    if (finishedAt !== null) attempts.delete(key)
    else if (attempt !== undefined) attempts.set(key, { ...attempt, state, dirty })
  }
  const intend = ({ row, cluster, spec }: Candidate): void => {
    const number = row.attempts + 1
    const key = `${row.taskId}/${row.index}/${number}`
    const clash = live().find(({ taskId, index }) => taskId === row.taskId && index === row.index)
    if (clash !== undefined) throw new Error(`${key} starts beside ${clash.key}`)
    attempts.set(key, {
      ...noAttempt,
      key,
      taskId: row.taskId,
      index: row.index,
      number,
      cluster,
      spec,
      createdAt: now,
    })
    put({ ...row, state: 'running', attempts: number, dirty: false, nextAt: null })
  }
  return {
    run: () => run,
    rows,
    live,
    observe,
    pass() {
      const plan = planRun(observe(), now)
      if (!runStates[run.state].terminal) record(plan)
      return plan
    },
    end(key, succeeded) {
      const attempt = attempts.get(key)
      if (attempt === undefined) throw new Error(`${key} does not run.`)
      const seen = succeeded
        ? ({ observedPhase: 'succeeded', observedCause: null, observedExit: 0 } as const)
        : ({ observedPhase: 'failed', observedCause: 'exit_code', observedExit: 3 } as const)
      attempts.set(key, { ...attempt, ...seen, observedSeq: 1, observedAt: now, dirty: true })
    },
    wait() {
      const times = [...rows.values()].flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt.getTime()]))
      if (times.length === 0) return false
      now = after(new Date(Math.max(now.getTime(), Math.min(...times))), 0)
      return true
    },
  }
}

function readingsOf(rows: ReadonlyMap<string, TaskRow>): Readonly<Record<string, TaskReading>> {
  const whole = [...rows.values()].filter(({ index }) => index < 0)
  return Object.fromEntries(
    whole.map(({ taskId, state, outputs }) => [taskId, { state, outputs: outputs ?? {} }]),
  )
}

const newRun = (compiled: CompiledWorkflow): RunRow => ({
  id: 'run',
  workflowId: 'workflow',
  versionId: 'version',
  projectId: 'project',
  number: 1,
  trigger: 'manual',
  requesterId: 'ada',
  nominalTime: started,
  parentRunId: null,
  parameters: {},
  state: 'queued',
  reason: '',
  priority: 0,
  version: 0,
  openTasks: compiled.tasks.size,
  failedTasks: 0,
  failedLeaves: 0,
  cancelReason: null,
  cancelledBy: null,
  deadlineAt: null,
  deadlineMissedAt: null,
  timeoutAt: null,
  checkAt: null,
  createdAt: started,
  startedAt: null,
  finishedAt: null,
  maxActiveRuns: 10,
})

const blank: TaskRow = {
  taskId: '',
  index: -1,
  position: 0,
  state: 'waiting',
  reason: '',
  needs: 0,
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
  attempts: 0,
  tried: {},
  memory: null,
  pending: null,
  pool: null,
  cluster: null,
  priority: 0,
  generation: 0,
  dirty: false,
  nextAt: null,
  readyAt: null,
  startedAt: null,
  finishedAt: null,
}

const noAttempt: Omit<AttemptRow, 'key' | 'taskId' | 'index' | 'number' | 'cluster' | 'spec' | 'createdAt'> =
  {
    generation: 0,
    token: '',
    state: 'running',
    specHash: '',
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
    dirty: false,
    nextAt: null,
    startBy: null,
    finishBy: null,
    acceptedAt: started,
    startedAt: started,
  }
