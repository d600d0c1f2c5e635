import type { DagRunDot, DagRunRow, TaskInstanceRow } from '@fairlead/contracts/airflow'
import { isFairleadError } from '@fairlead/contracts/errors'
import * as answers from './answers'
import { dagPath, instancePath, query, type InstanceRef } from './paths'
import type { Session } from './session'

export interface TaskNode {
  readonly task: string
  readonly downstream: readonly string[]
}
export type InstanceOfRun = TaskInstanceRow & { readonly run: string }

/** What is asked of several runs, or of several tries, at once. */
export interface ManyRuns {
  tasks(dag: string): Promise<readonly TaskNode[]>
  /** The newest `count`, the newest one last. */
  newestRuns(dag: string, count: number): Promise<readonly DagRunRow[]>
  /** At most `mostInstances`. */
  instancesOf(
    dag: string,
    runs: readonly string[],
  ): Promise<{ readonly items: readonly InstanceOfRun[]; readonly cut: boolean }>
  /** Newest last; null: not asked for. */
  lastRuns(dags: readonly string[]): Promise<ReadonlyMap<string, readonly DagRunDot[] | null>>
  tries(ref: InstanceRef): Promise<readonly TaskInstanceRow[]>
}

const pageSize = 100
const mostInstances = 1_000
const dotsShown = 10
/** Beside the newest runs of all: DAGs that run seldom are asked one by one, and not without end. */
const mostAskedAlone = 30
const askedAtOnce = 4

export function readingMany(session: Session): ManyRuns {
  const newestFirst = async () => ((await session.detect()).api === 'v2' ? '-run_after' : '-execution_date')
  const newestRuns: ManyRuns['newestRuns'] = async (dag, count) => {
    const path = `${dagPath(dag)}/dagRuns${query({ limit: count, order_by: await newestFirst() })}`
    const page = await session.askJson({ method: 'GET', path }, answers.dagRunsSchema)
    return page.dag_runs.toReversed()
  }
  return {
    newestRuns,
    tasks: async (dag) => {
      const path = `${dagPath(dag)}/tasks`
      const { tasks } = await session.askJson({ method: 'GET', path }, answers.tasksSchema)
      return tasks.map(({ task_id: task, downstream_task_ids: downstream }) => ({ task, downstream }))
    },
    instancesOf: (dag, runs) => instancesOf(session, dag, runs),
    lastRuns: async (dags) => {
      const body = { dag_ids: dags, page_limit: pageSize, order_by: await newestFirst() }
      const path = '/dags/~/dagRuns/list'
      const { dag_runs: rows } = await session.askJson({ method: 'POST', path, body }, answers.dagRunsSchema)
      const found = new Map<string, readonly DagRunDot[] | null>(dags.map((dag) => [dag, null]))
      for (const row of rows) {
        const own = found.get(row.dag) ?? []
        if (own.length < dotsShown) found.set(row.dag, [dotOf(row), ...own])
      }
      // All runs there are came in one page: whoever has none in it has none at all.
      const all = rows.length < pageSize
      const missing = dags.filter((dag) => found.get(dag) === null)
      if (all) for (const dag of missing) found.set(dag, [])
      else
        await eachOf(missing.slice(0, mostAskedAlone), async (dag) => {
          found.set(dag, (await newestRuns(dag, dotsShown)).map(dotOf))
        })
      return found
    },
    tries: (ref) => triesOf(session, ref),
  }
}

const dotOf = ({ run, state, startedAt, queuedAt }: DagRunRow): DagRunDot => ({
  run,
  state,
  at: startedAt ?? queuedAt,
})

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: askedAtOnce }, worker))
}

async function instancesOf(session: Session, dag: string, runs: readonly string[]) {
  const items: InstanceOfRun[] = []
  const path = '/dags/~/dagRuns/~/taskInstances/list'
  for (;;) {
    const body = { dag_ids: [dag], dag_run_ids: runs, page_limit: pageSize, page_offset: items.length }
    const page = await session.askJson({ method: 'POST', path, body }, answers.taskInstancesOfRunsSchema)
    items.push(...page.task_instances)
    const total = page.total_entries ?? items.length
    if (page.task_instances.length === 0 || items.length >= Math.min(total, mostInstances))
      return { items, cut: items.length < total }
  }
}

async function triesOf(session: Session, ref: InstanceRef): Promise<readonly TaskInstanceRow[]> {
  const path = `${instancePath(ref)}/tries`
  try {
    const page = await session.askJson({ method: 'GET', path }, answers.taskInstancesSchema)
    // What is being tried again stands in the history and among the instances.
    const byNumber = new Map(page.task_instances.map((one) => [one.tryNumber, one]))
    return [...byNumber.values()].sort((one, other) => one.tryNumber - other.tryNumber)
  } catch (error) {
    const { api } = await session.detect()
    if (api === 'v2' || !isFairleadError(error) || error.code !== 'not_found') throw error
    // Before 2.10 Airflow told of the last try alone.
    const { instance } = await session.askJson(
      { method: 'GET', path: instancePath(ref) },
      answers.taskInstanceSchema,
    )
    return [instance]
  }
}
