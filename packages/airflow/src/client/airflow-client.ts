import type {
  AirflowComponent,
  AirflowLogLine,
  DagParam,
  DagRow,
  DagRunRow,
  ImportErrorRow,
  TaskInstanceRow,
} from '@fairlead/contracts/airflow'
import { isFairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'
import * as answers from './answers'
import type { Ask } from './dial'
import { answering, type HumanTasks } from './human-tasks'
import { logLines } from './log-lines'
import { readingMany, type ManyRuns } from './many-runs'
import { explainParam } from './param-refusal'
import { dagPath, instancePath, query, runPath, segment, type InstanceRef, type RunRef } from './paths'
import { createSession, parseAnswer, type Login, type Session } from './session'

interface Page<T> {
  readonly items: readonly T[]
  readonly total: number
}
interface ClearWish extends RunRef {
  readonly tasks: readonly string[]
  readonly downstream: boolean
  readonly onlyFailed: boolean
}
export interface DagsWish {
  readonly offset: number
  /** Part of the id. */
  readonly text: string
  readonly paused?: boolean | undefined
  readonly tag?: string | undefined
}
export interface TriggerWish extends RunRef {
  readonly conf: Readonly<Record<string, unknown>>
  readonly note: string
}

export interface DagStanding {
  readonly paused: boolean
  readonly gone: boolean
}

/** One Airflow, in the forms of contracts/airflow. Every method throws FairleadErrors that say what to do. */
export interface AirflowClient extends ManyRuns, HumanTasks {
  detect: Session['detect']
  /** Needs no login. */
  health(): Promise<readonly AirflowComponent[]>
  /** Asks for something that only who is signed in may see. */
  assertLogin(): Promise<void>
  dags(wish: DagsWish): Promise<Page<DagRow>>
  dag(dag: string): Promise<{ dag: DagRow; params: DagParam[]; doc: string | null; file: string | null }>
  runs(dag: string, offset: number): Promise<Page<DagRunRow>>
  run(ref: RunRef): Promise<DagRunRow>
  /** At most `mostInstances`. */
  instances(ref: RunRef): Promise<Page<TaskInstanceRow>>
  instance(ref: InstanceRef): Promise<answers.InstanceDetail>
  logs(ref: InstanceRef & { readonly try: number }): Promise<{ lines: AirflowLogLine[]; cut: string | null }>
  importErrors(): Promise<Page<ImportErrorRow>>
  /** Whether a DAG starts runs: it may be paused, or gone although its runs are kept. */
  standing(dag: string): Promise<DagStanding>
  /** The run of that id: made now, or there already (`created` false). Asked again after silence, unless `once`. */
  trigger(wish: TriggerWish, how?: { readonly once: boolean }): Promise<{ run: DagRunRow; created: boolean }>
  setPaused(dag: string, paused: boolean): Promise<void>
  clear(wish: ClearWish, mode: { readonly dryRun: boolean }): Promise<readonly TaskInstanceRow[]>
  markFailed(ref: RunRef): Promise<void>
}

export const pageSize = 100
const mostInstances = 1_000
const mib = 1024 * 1024
/** A log is written at its end, so its end is what is kept of a long one. */
const logLimit = { bytes: 4 * mib, beyond: 'tail', most: 64 * mib } as const

const cutWords = {
  start: `Only the last ${logLimit.bytes / mib} MiB are shown; Airflow’s own page has the rest.`,
  both: `Only ${logLimit.bytes / mib} MiB are shown, and not the end: it is too long to be read whole. Airflow’s own page has it.`,
} as const

export function createAirflowClient(dialled: Ask, login: Login): AirflowClient {
  const session = createSession(dialled, login)
  const get = <S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> =>
    session.askJson({ method: 'GET', path }, schema)
  return {
    detect: session.detect,
    health: async () => {
      const { api } = await session.detect()
      const path = api === 'v2' ? '/api/v2/monitor/health' : '/api/v1/health'
      return parseAnswer(await dialled({ method: 'GET', path }), answers.healthSchema)
    },
    assertLogin: async () => void (await get('/dags?limit=1', answers.dagsSchema)),
    ...reading(session, get),
    ...readingMany(session),
    ...acting(session),
    ...answering(session),
  }
}

type Get = <S extends z.ZodType>(path: string, schema: S) => Promise<z.output<S>>
type Acting = 'trigger' | 'setPaused' | 'clear' | 'markFailed'
type Reading =
  'dags' | 'dag' | 'standing' | 'runs' | 'run' | 'instances' | 'instance' | 'logs' | 'importErrors'

function reading(session: Session, get: Get): Pick<AirflowClient, Reading> {
  return {
    dags: async ({ offset, text, paused, tag }) => {
      const narrowed = {
        ...(text === '' ? {} : { dag_id_pattern: `%${text}%` }),
        ...(paused === undefined ? {} : { paused }),
        ...(tag === undefined ? {} : { tags: tag }),
      }
      const path = `/dags${query({ limit: pageSize, offset, order_by: 'dag_id', ...narrowed })}`
      const { dags, total_entries: total } = await get(path, answers.dagsSchema)
      return { items: dags, total }
    },
    dag: async (dag) => {
      const answer = await session.ask({ method: 'GET', path: `${dagPath(dag)}/details` })
      return { dag: parseAnswer(answer, answers.dagSchema), ...parseAnswer(answer, answers.dagDetailSchema) }
    },
    runs: async (dag, offset) => {
      const { api } = await session.detect()
      const order = api === 'v2' ? '-run_after' : '-execution_date'
      const path = `${dagPath(dag)}/dagRuns${query({ limit: pageSize, offset, order_by: order })}`
      const page = await get(path, answers.dagRunsSchema)
      return { items: page.dag_runs, total: page.total_entries }
    },
    run: (ref) => get(runPath(ref), answers.dagRunSchema),
    standing: (dag) =>
      get(dagPath(dag), answers.dagStandingSchema).catch((error: unknown) => {
        if (isFairleadError(error) && error.code === 'not_found') return { paused: false, gone: true }
        throw error
      }),
    instances: async (ref) => {
      const items: TaskInstanceRow[] = []
      for (;;) {
        const path = `${runPath(ref)}/taskInstances${query({ limit: pageSize, offset: items.length })}`
        const page = await get(path, answers.taskInstancesSchema)
        items.push(...page.task_instances)
        const total = page.total_entries ?? items.length
        if (page.task_instances.length === 0 || items.length >= Math.min(total, mostInstances))
          return { items, total }
      }
    },
    instance: (ref) => get(instancePath(ref), answers.taskInstanceSchema),
    logs: async (ref) => {
      const { api } = await session.detect()
      const { text, cut } = await session.ask({
        method: 'GET',
        path: `${runPath(ref)}/taskInstances/${segment(ref.task)}/logs/${ref.try}${query({ full_content: 'true', map_index: ref.mapIndex })}`,
        headers: { accept: api === 'v2' ? 'application/x-ndjson' : 'text/plain' },
        limit: logLimit,
      })
      // The first line of a tail is the end of one.
      const lines = logLines(cut === null ? text : text.slice(text.indexOf('\n') + 1))
      return { lines, cut: cut === null ? null : cutWords[cut] }
    },
    importErrors: async () => {
      const page = await get(`/importErrors${query({ limit: pageSize })}`, answers.importErrorsSchema)
      return { items: page.import_errors, total: page.total_entries }
    },
  }
}

function acting(session: Session): Pick<AirflowClient, Acting> {
  return {
    trigger: (wish, how) => triggerOnce(session, wish, how?.once ?? false),
    setPaused: async (dag, paused) => {
      const path = `${dagPath(dag)}?update_mask=is_paused`
      await session.ask({ method: 'PATCH', path, body: { is_paused: paused } })
    },
    clear: async ({ dag, run, tasks, downstream, onlyFailed }, { dryRun }) => {
      const body = {
        dry_run: dryRun,
        dag_run_id: run,
        only_failed: onlyFailed,
        reset_dag_runs: true,
        ...(tasks.length === 0 ? {} : { task_ids: tasks, include_downstream: downstream }),
      }
      const path = `${dagPath(dag)}/clearTaskInstances`
      const cleared = await session.askJson({ method: 'POST', path, body }, answers.taskInstancesSchema)
      return cleared.task_instances
    },
    markFailed: async (ref) =>
      void (await session.ask({ method: 'PATCH', path: runPath(ref), body: { state: 'failed' } })),
  }
}

/** The id is ours, so asking again after silence can't make a second run. */
async function triggerOnce(
  session: Session,
  { dag, run, conf, note }: TriggerWish,
  once: boolean,
): Promise<{ run: DagRunRow; created: boolean }> {
  const { api } = await session.detect()
  const body = { dag_run_id: run, conf, ...(api === 'v2' ? { logical_date: null, note } : {}) }
  const post = () =>
    session.askJson({ method: 'POST', path: `${dagPath(dag)}/dagRuns`, body }, answers.dagRunSchema)
  try {
    const made = await post().catch((error: unknown) => {
      if (!once && isFairleadError(error) && error.code === 'airflow_unreachable') return post()
      throw error
    })
    return { run: made, created: true }
  } catch (error) {
    if (!isFairleadError(error) || error.code !== 'conflict') throw explainParam(error)
    // 409 is said of other unique fields too: what counts is whether the run is there.
    const path = runPath({ dag, run })
    return {
      run: await session.askJson({ method: 'GET', path }, answers.dagRunSchema).catch(() => {
        throw error
      }),
      created: false,
    }
  }
}
