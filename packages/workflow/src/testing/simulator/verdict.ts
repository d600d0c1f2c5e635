import type { RawSql } from '@fairlead/db/fast-sql'
import { Prisma } from '@fairlead/db/sql'
import { runStates, taskStates, type RunState, type TaskState } from '@fairlead/contracts/workflow-states'
import type { FaultyRunner } from '@fairlead/testkit/task-runner/faulty-runner'
import type { StoredWorkflow } from '../workflow-scene'
import { verdictsOf, type Ending } from './oracle'
import { clusters } from './scenario'

interface Facts {
  readonly sql: RawSql
  readonly runner: FaultyRunner
  readonly workflows: readonly StoredWorkflow[]
}

/** What must hold once everything is over; empty when it does. */
export async function verdictOn(facts: Facts): Promise<readonly string[]> {
  return [
    ...(await judgeRuns(facts)),
    ...(await judgeAttempts(facts)),
    ...clusters.flatMap((cluster) =>
      facts.runner.living(cluster).map(({ key }) => `${key} still lives in ${cluster}`),
    ),
  ]
}

async function judgeRuns({ sql, workflows }: Facts): Promise<string[]> {
  const problems: string[] = []
  const runs = await sql.$queryRaw<Run[]>(
    Prisma.sql`SELECT id, number, state, "workflowId", "cancelReason" FROM workflow_runs`,
  )
  const tasks = await sql.$queryRaw<Task[]>(
    Prisma.sql`SELECT "runId", "taskId", "index", state, size, reason, generation FROM workflow_tasks`,
  )
  for (const run of runs) {
    const stored = workflows.find(({ workflow }) => workflow.id === run.workflowId)
    if (stored === undefined) continue
    if (!runStates[run.state].terminal) problems.push(`run ${run.number} ends as ${run.state}`)
    const own = tasks.filter(({ runId }) => runId === run.id)
    if (run.cancelReason === null && !own.some(({ generation }) => generation > 0))
      problems.push(...judgeTasks(stored, own))
  }
  return problems
}

interface Run {
  readonly id: string
  readonly number: number
  readonly state: RunState
  readonly workflowId: string
  readonly cancelReason: string | null
}

interface Task {
  readonly runId: string
  readonly taskId: string
  readonly index: number
  readonly state: TaskState
  readonly size: number | null
  readonly reason: string
  readonly generation: number
}

const letters: Readonly<Partial<Record<TaskState, Ending['outcome']>>> = {
  succeeded: 'S',
  failed: 'F',
  cancelled: 'F',
  upstream_failed: 'U',
  skipped: 'K',
}

function judgeTasks({ compiled }: StoredWorkflow, rows: readonly Task[]): string[] {
  const problems: string[] = []
  const of = (id: string): readonly Task[] => {
    const indexes = rows.filter(({ taskId, index }) => taskId === id && index >= 0)
    return indexes.length > 0 ? indexes : rows.filter(({ taskId }) => taskId === id)
  }
  for (const row of rows.filter(({ index }) => index < 0)) {
    const task = compiled.tasks.get(row.taskId)
    const { state } = row
    if (task === undefined || !taskStates[state].terminal) continue
    const endings = task.needs.flatMap((id) =>
      of(id).map((each): Ending => ({
        outcome: letters[each.state] ?? 'F',
        setup: compiled.tasks.get(id)?.setup === true,
      })),
    )
    const verdicts = verdictsOf(task.trigger, endings)
    const ran = state === 'succeeded' || state === 'failed'
    const bySelf = state === 'skipped' && (row.reason.startsWith('Its condition') || row.size === 0)
    const allowed = ran || bySelf ? verdicts.has('run') : verdicts.has(state as 'skipped' | 'upstream_failed')
    if (!allowed)
      problems.push(
        `${row.taskId} (${task.trigger}) is ${state} after ${endings.map(({ outcome }) => outcome).join('')}; allowed: ${[...verdicts].join()}`,
      )
  }
  return problems
}

interface Attempt {
  readonly key: string
  readonly live: boolean
  readonly upkeep: string
  readonly state: string
  readonly orphan: boolean
}

async function judgeAttempts({ sql, runner }: Facts): Promise<string[]> {
  const problems: string[] = []
  const attempts = await sql.$queryRaw<Attempt[]>(Prisma.sql`
    SELECT key, live, upkeep, state, EXISTS (SELECT 1 FROM sim_orphans o WHERE o.key = a.key) AS orphan
    FROM workflow_attempts a`)
  const orphans = new Set(attempts.flatMap(({ key, orphan }) => (orphan ? [key] : [])))
  for (const { key, live, upkeep, state } of attempts) {
    if (live) problems.push(`${key} is still ${state}`)
    if (upkeep !== 'done') problems.push(`${key} is left with ${upkeep} to do`)
    const lines = runner.audit.filter(({ attempt }) => attempt.key === key)
    if (state === 'succeeded' && lines.length === 0) problems.push(`${key} succeeded and never was`)
  }
  for (const [earlier, later] of runner.doubled())
    if (!orphans.has(earlier.attempt.key))
      problems.push(`${earlier.attempt.key} and ${later.attempt.key} ran at the same time`)
  return problems
}
