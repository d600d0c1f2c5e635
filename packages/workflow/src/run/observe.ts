import { taskStates, type TriggerRule } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { CompiledWorkflow } from '../definition/compiled'
import type { EngineDeps } from './engine-deps'
import { readLimits, type Limit } from './limits'
import type { Observation, TaskReading } from './observation'
import { batch, lanesOf, readyRows } from './ready-rows'
import { rowKey, type AttemptRow, type RunRow, type TaskRow } from './rows'
import { readDeadlines } from './task-deadlines'
import { findingsOf } from './observe-waits'
import { talliesOf } from './observe-approvals'

/** Null: there is no such run. */
export async function observeRun(deps: EngineDeps, runId: string, now: Date): Promise<Observation | null> {
  const run = await readRun(deps, runId)
  if (run === null) return null
  const { compiled } = await deps.versions.compiledOf(run.versionId)
  const [attempts, limits] = await Promise.all([
    readAttempts(deps, run, now),
    readLimits(deps.sql, run, compiled),
  ])
  const tasks = await readTasks(deps, { run, compiled, attempts, limits }, now)
  const [reads, deadlines, destinations, clusters, decisions, findings] = await Promise.all([
    readReads(deps, run.id, readsOf({ compiled, attempts }, tasks)),
    readDeadlines(deps.sql, run, compiled, now),
    deps.destinationsOf(run.projectId),
    deps.clusters.known(now),
    talliesOf(deps, run, tasks),
    findingsOf(deps, run, tasks),
  ])
  return {
    run,
    workflowName: compiled.name,
    compiled,
    tasks,
    attempts,
    more: isFull(attempts, tasks, now),
    reads,
    limits,
    deadlines,
    destinations,
    clusters,
    decisions,
    findings,
  }
}

const isFull = (attempts: readonly AttemptRow[], tasks: readonly TaskRow[], now: Date): boolean =>
  attempts.length >= batch ||
  tasks.filter(({ dirty }) => dirty).length >= batch ||
  tasks.filter(({ nextAt }) => nextAt !== null && nextAt <= now).length >= batch

async function readRun({ sql }: EngineDeps, id: string): Promise<RunRow | null> {
  const [row] = await sql.$queryRaw<RunRow[]>(Prisma.sql`
    SELECT r.*, w."maxActiveRuns" FROM workflow_runs r JOIN workflows w ON w.id = r."workflowId"
    WHERE r.id = ${id}::uuid`)
  return row ?? null
}

const readAttempts = ({ sql }: EngineDeps, run: RunRow, now: Date): Promise<AttemptRow[]> =>
  sql.$queryRaw<AttemptRow[]>(Prisma.sql`
    SELECT * FROM workflow_attempts
    WHERE "runId" = ${run.id}::uuid AND live
      AND ((dirty AND ("nextAt" IS NULL OR "nextAt" <= ${now} OR "observedPhase" IS NOT NULL)) OR "nextAt" <= ${now})
    ORDER BY "createdAt" LIMIT ${batch}`)

interface Scene {
  readonly run: RunRow
  readonly compiled: CompiledWorkflow
  readonly attempts: readonly AttemptRow[]
  readonly limits: readonly Limit[]
}

/**
 * Dirty and due rows, as many ready ones as a pass may start, the rows of the attempts and the direct downstream of
 * those: whatever the size of the graph, through partial indexes and primary keys.
 */
async function readTasks(
  { sql }: EngineDeps,
  { run, compiled, attempts, limits }: Scene,
  now: Date,
): Promise<TaskRow[]> {
  const whole = new Set<string>()
  for (const { taskId } of attempts) {
    whole.add(taskId)
    for (const id of compiled.tasks.get(taskId)?.downstream ?? []) whole.add(id)
  }
  const own = attempts.filter(({ index }) => index >= 0)
  const runId = Prisma.sql`${run.id}::uuid`
  const rows = await sql.$queryRaw<TaskRow[]>(Prisma.sql`
    SELECT t.* FROM workflow_tasks t WHERE t."runId" = ${runId} AND t."index" = -1
      AND t."taskId" = ANY(${[...whole]}::text[])
    UNION ALL SELECT t.* FROM
      unnest(${own.map(({ taskId }) => taskId)}::text[], ${own.map(({ index }) => index)}::int[]) AS a(id, i)
      CROSS JOIN LATERAL (SELECT * FROM workflow_tasks
        WHERE "runId" = ${runId} AND "taskId" = a.id AND "index" = a.i LIMIT 1) AS t
    UNION ALL (SELECT t.* FROM workflow_tasks t WHERE t."runId" = ${runId} AND t.dirty LIMIT ${batch})
    UNION ALL (SELECT t.* FROM workflow_tasks t WHERE t."runId" = ${runId} AND t."nextAt" <= ${now} LIMIT ${batch})
    UNION ALL (${readyRows(run, lanesOf(compiled, limits, attempts), now)})`)
  const byKey = new Map(rows.map((row) => [rowKey(row.taskId, row.index), row]))
  // An index that settles counts on its fan-out.
  const wholes = new Set(rows.flatMap(({ taskId, index }) => (index >= 0 ? [taskId] : [])))
  const missing = [...wholes].filter((id) => !byKey.has(rowKey(id, -1)))
  if (missing.length > 0)
    for (const row of await sql.$queryRaw<TaskRow[]>(Prisma.sql`
      SELECT * FROM workflow_tasks WHERE "runId" = ${runId} AND "index" = -1 AND "taskId" = ANY(${missing}::text[])`))
      byKey.set(rowKey(row.taskId, -1), row)
  return [...byKey.values()]
}

/** Rules that may pass before every upstream is done. */
const early: ReadonlySet<TriggerRule> = new Set(['one_success', 'one_failed', 'one_done', 'always'])

/**
 * Tasks whose state or outputs this pass may have to read. A row that waits for more upstreams than this pass can
 * settle renders nothing, so the outputs of a large fan-out are read once, when its last index is in.
 */
function readsOf(
  { compiled, attempts }: Pick<Scene, 'compiled' | 'attempts'>,
  tasks: readonly TaskRow[],
): readonly string[] {
  const ids = new Set<string>()
  for (const row of tasks) {
    const task = compiled.tasks.get(row.taskId)
    if (task === undefined || taskStates[row.state].terminal) continue
    const open = row.needs - row.succeeded - row.failed - row.upstreamFailed - row.skipped
    if (row.state === 'waiting' && open > attempts.length && !early.has(task.trigger)) continue
    for (const id of task.reads) ids.add(id)
  }
  return [...ids]
}

async function readReads(
  { sql }: EngineDeps,
  runId: string,
  ids: readonly string[],
): Promise<Readonly<Record<string, TaskReading>>> {
  if (ids.length === 0) return {}
  const rows = await sql.$queryRaw<
    Pick<TaskRow, 'taskId' | 'index' | 'state' | 'outputs' | 'size'>[]
  >(Prisma.sql`
    SELECT "taskId", "index", state, outputs, size FROM workflow_tasks
    WHERE "runId" = ${runId}::uuid AND "taskId" = ANY(${[...ids]}::text[]) ORDER BY "taskId", "index"`)
  const reads: Record<string, { state: string; outputs: unknown }> = {}
  for (const { taskId, index, state, outputs, size } of rows) {
    if (index < 0) reads[taskId] = { state, outputs: size === null ? (outputs ?? {}) : [] }
    else (reads[taskId]?.outputs as unknown[] | undefined)?.push(outputs ?? {})
  }
  return reads
}
