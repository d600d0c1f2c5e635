import type { GraphTask, RunTask } from '@fairlead/contracts/workflow'
import { taskStates } from '@fairlead/contracts/workflow-states'

type Node = Pick<GraphTask, 'id' | 'needs'>

/** Milliseconds that tasks took from ready to end, by id: the median of earlier runs. */
export type MedianMs = ReadonlyMap<string, number>

export interface RunForecast {
  readonly graph: readonly Node[]
  readonly tasks: readonly RunTask[]
  readonly medianMsByTask: MedianMs
  readonly startedAt: Date | null
  readonly now: Date
}

/**
 * The chain of tasks that decided when the run ended: from what ended last, back through the upstream that ended last.
 * Tasks that never ran are passed through, not shown. Of a run that goes on: the chain that is busy longest so far; with
 * medians of earlier runs, `expectedPath` says more.
 */
export function criticalPath(graph: readonly Node[], tasks: readonly RunTask[], now: Date): string[] {
  return expectedPath({ graph, tasks, medianMsByTask: new Map(), startedAt: null, now })
}

/** The chain that decided, or by the medians of what is still open will decide, when the run ends. */
export function expectedPath(run: RunForecast): string[] {
  const ends = expectedEnds(run)
  const byId = new Map(run.graph.map((node) => [node.id, node]))
  const ran = [...ends].flatMap(([id, end]) => (end?.ran === true ? [id] : []))
  const path: string[] = []
  let id = latest(ran, ends)
  while (id !== null) {
    if (ends.get(id)?.ran === true) path.push(id)
    id = latest(byId.get(id)?.needs ?? [], ends)
  }
  return path.reverse()
}

/**
 * When the run will end. Null without any history, and for a run that has not started or has nothing left to do. A task
 * without history of its own counts as taking no time.
 */
export function forecastEnd(run: RunForecast): Date | null {
  const { tasks, medianMsByTask, startedAt, now } = run
  if (startedAt === null || medianMsByTask.size === 0) return null
  if (tasks.every(({ state }) => taskStates[state].terminal)) return null
  let end = now.getTime()
  for (const task of expectedEnds(run).values()) end = Math.max(end, task?.at ?? 0)
  return new Date(end)
}

interface End {
  readonly at: number
  /** Or will run, as far as is known. */
  readonly ran: boolean
}

/** When each task ended or will; null when that isn't known. */
function expectedEnds({ graph, tasks, medianMsByTask, now }: RunForecast): ReadonlyMap<string, End | null> {
  const byId = new Map(tasks.filter(({ index }) => index === -1).map((task) => [task.id, task]))
  const ends = new Map<string, End | null>()
  for (const node of inOrder(graph)) {
    let upstream = 0
    for (const id of node.needs) upstream = Math.max(upstream, ends.get(id)?.at ?? 0)
    const facts = { medianMs: medianMsByTask.get(node.id) ?? 0, now }
    ends.set(node.id, endOf(byId.get(node.id), upstream, facts))
  }
  return ends
}

function endOf(
  task: RunTask | undefined,
  upstream: number,
  { medianMs, now }: { readonly medianMs: number; readonly now: Date },
): End | null {
  if (task === undefined) return null
  if (taskStates[task.state].terminal) {
    const ran = task.startedAt !== null || task.state === 'succeeded' || task.state === 'failed'
    return task.finishedAt === null ? null : { at: Date.parse(task.finishedAt), ran }
  }
  return { at: Math.max(now.getTime(), upstream, beginOf(task, upstream, now) + medianMs), ran: true }
}

function beginOf(task: RunTask, upstream: number, now: Date): number {
  if (task.state === 'retrying' && task.nextAt !== null) return Date.parse(task.nextAt)
  const began = task.readyAt ?? task.startedAt
  return began === null ? Math.max(upstream, now.getTime()) : Date.parse(began)
}

/** Upstreams first; a cycle, which no accepted document has, ends instead of going round. */
function inOrder(graph: readonly Node[]): Node[] {
  const open = new Map(graph.map((node) => [node.id, node.needs.length]))
  const downstream = new Map<string, Node[]>(graph.map(({ id }) => [id, []]))
  for (const node of graph) for (const id of node.needs) downstream.get(id)?.push(node)
  const order = graph.filter(({ needs }) => needs.length === 0)
  for (const { id } of order)
    for (const next of downstream.get(id) ?? []) {
      const left = (open.get(next.id) ?? 0) - 1
      open.set(next.id, left)
      if (left === 0) order.push(next)
    }
  return order
}

/** The one that ends last; of several the first. */
function latest(ids: readonly string[], ends: ReadonlyMap<string, End | null>): string | null {
  let found: string | null = null
  let last = Number.NEGATIVE_INFINITY
  for (const id of ids) {
    const end = ends.get(id)?.at ?? Number.NEGATIVE_INFINITY
    if (end > last) {
      found = id
      last = end
    }
  }
  return found
}
