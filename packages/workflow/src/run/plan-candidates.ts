import { placeName } from '@fairlead/contracts/airflow-place'
import { isDagRun, type AttemptSpec } from '@fairlead/contracts/task-runner'
import { runsAttempts } from '../definition/compile'
import { renderRun } from '../definition/render'
import { renderDagRun } from '../definition/render-dag-run'
import { change, rowOf, taskOf, type Draft } from './draft'
import { limitsOver, shortOf } from './limits'
import { decideTasks, fail } from './plan-tasks'
import { rowKey, type TaskRow } from './rows'
import { scopeOf } from './scope'
import { after } from './times'

const unreachableRetryMs = 2_000

/** Everything that is ready becomes a candidate, or says why it can't. Best first: priority, then the graph's order. */
export function chooseCandidates(draft: Draft): void {
  const considered = new Set<string>()
  const slots = freeSlots(draft)
  // What can't be rendered fails, and others may become ready by that.
  for (let ready = readyRows(draft, considered); ready.length > 0; ready = readyRows(draft, considered)) {
    for (const { taskId, index } of ready) {
      considered.add(rowKey(taskId, index))
      const row = rowOf(draft, taskId, index)
      if (row?.state === 'ready') consider(draft, row, slots)
    }
    decideTasks(draft)
  }
  draft.candidates.sort((a, b) => before(a.row, b.row))
}

const readyRows = (draft: Draft, considered: ReadonlySet<string>): readonly TaskRow[] =>
  [...draft.rows.values()]
    .filter(
      (row) =>
        row.state === 'ready' &&
        runsAttempts(taskOf(draft, row.taskId)) &&
        !considered.has(rowKey(row.taskId, row.index)),
    )
    .sort(before)

/** Of each limit, with what this pass has just freed. */
function freeSlots(draft: Draft): Map<string, number> {
  const over = new Set(draft.attempts.flatMap(({ key, finishedAt }) => (finishedAt === null ? [] : [key])))
  const ended = draft.seen.attempts.filter(({ key }) => over.has(key))
  return new Map(
    draft.seen.limits.map((limit) => {
      const freed = ended.filter(
        ({ taskId }) => limit.pool === null || taskOf(draft, taskId).source.pool === limit.pool,
      )
      return [limit.key, limit.slots - limit.used + freed.length]
    }),
  )
}

/** Who can't have a slot anyway is not rendered: ten thousand may wait for one. */
function lacksSlot(draft: Draft, row: TaskRow, slots: Map<string, number>): boolean {
  const full = limitsOver(draft.seen.limits, row.pool).find(({ key }) => (slots.get(key) ?? 0) <= 0)
  if (full === undefined) return false
  draft.short = true
  const reason = shortOf(full)
  if (row.reason !== reason || row.nextAt !== null) change(draft, row, { reason, nextAt: null })
  return true
}

const before = (a: TaskRow, b: TaskRow): number =>
  b.priority - a.priority || a.position - b.position || a.index - b.index

function consider(draft: Draft, row: TaskRow, slots: Map<string, number>): void {
  if (lacksSlot(draft, row, slots)) return
  const task = taskOf(draft, row.taskId)
  const scope = scopeOf(draft, row)
  const rendered =
    task.kind === 'airflow'
      ? renderDagRun(task, scope)
      : renderRun(draft.seen.compiled, task, scope, row.memory)
  if (!rendered.ok) return refuse(draft, row, rendered.reason)
  const { cluster, spec } = rendered.value
  const foreign = foreignWords(draft, cluster, spec)
  if (foreign !== null) return refuse(draft, row, foreign)
  const known = draft.seen.clusters.get(cluster)
  if (known?.reachable === false) {
    const reason = `${placeName(cluster, 'start')} can't be reached since ${known.since.toISOString()}: ${known.reason}`
    change(draft, row, { cluster, reason, nextAt: after(draft.now, unreachableRetryMs) })
    return
  }
  // Not before: who can't start leaves its slot to others.
  for (const { key } of limitsOver(draft.seen.limits, row.pool)) slots.set(key, (slots.get(key) ?? 0) - 1)
  draft.candidates.push({
    row,
    cluster,
    spec,
    startMs: task.timeouts.startMs,
    finishMs: task.timeouts.finishMs,
    pool: row.pool,
    priority: row.priority + draft.seen.run.priority,
  })
}

/** It leaves its place among the rows that one pass takes: there may be more. */
function refuse(draft: Draft, row: TaskRow, reason: string): void {
  fail(draft, row, reason)
  draft.again = true
}

/** Why the project may not run there; null where it may. */
function foreignWords(draft: Draft, cluster: string, spec: AttemptSpec): string | null {
  if (isDagRun(spec))
    return isCovered(draft, cluster, '*')
      ? null
      : `The project may not use ${placeName(cluster)}: there is no such connection, or an administrator has yet to give it to the project.`
  return isCovered(draft, cluster, spec.namespace)
    ? null
    : `The project may not run in namespace ${spec.namespace} of cluster ${cluster}: an administrator can add it to the project's destinations.`
}

const isCovered = (draft: Draft, cluster: string, namespace: string): boolean =>
  draft.seen.destinations.some(
    (destination) =>
      destination.cluster === cluster &&
      (destination.namespace === '*' || destination.namespace === namespace),
  )
