import { z } from 'zod'
import { nameSchema } from './ids'

/** DAG, run and task ids are Airflow's: nearly anything, so they are bounded and otherwise left to it. */
const foreignId = z.string().min(1).max(250)
const connectionField = { connection: nameSchema }

export const airflowConnectionRefSchema = z.object(connectionField)

const addressSchema = z.string().min(1).max(2_000)
const credentialFields = {
  username: z.string().min(1).max(200),
  password: z.string().min(1).max(2_000),
}
const projectsSchema = z.array(nameSchema).max(500)

export const registerAirflowSchema = z.object({
  name: nameSchema,
  address: addressSchema,
  ...credentialFields,
  /** Whose people see it. */
  projects: projectsSchema.default([]),
})
export const rotateAirflowSchema = z.object({
  ...connectionField,
  address: addressSchema.optional(),
  ...credentialFields,
})
export const setAirflowProjectsSchema = z.object({ ...connectionField, projects: projectsSchema })
export const removeAirflowSchema = z.object({ ...connectionField, confirm: z.string().max(200) })

export const listDagsSchema = z.object({
  ...connectionField,
  text: z.string().max(200).default(''),
  paused: z.boolean().optional(),
  tag: z.string().min(1).max(200).optional(),
  offset: z.number().int().min(0).max(1_000_000).default(0),
})
export const lastRunsSchema = z.object({
  ...connectionField,
  dags: z.array(foreignId).min(1).max(100),
})
export const dagRefSchema = z.object({ ...connectionField, dag: foreignId })
export const listDagRunsSchema = dagRefSchema.extend({
  offset: z.number().int().min(0).max(1_000_000).default(0),
})
export const dagGridSchema = dagRefSchema.extend({ runs: z.number().int().min(1).max(50).default(25) })
export const dagRunRefSchema = dagRefSchema.extend({ run: foreignId })
export const taskInstanceRefSchema = dagRunRefSchema.extend({
  task: foreignId,
  mapIndex: z.number().int().min(-1).max(1_000_000).default(-1),
})
export const airflowLogsSchema = taskInstanceRefSchema.extend({
  try: z.number().int().min(1).max(10_000),
})

export const maxConfBytes = 64 * 1024
export const triggerDagSchema = dagRefSchema.extend({
  /** Names the wish: whoever sends it again gets the run that it made, and no second one. */
  key: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'expected 8 to 64 letters, digits, dashes'),
  conf: z
    .record(z.string(), z.json())
    .default({})
    .refine((conf) => JSON.stringify(conf).length <= maxConfBytes, 'expected at most 64 KiB'),
})
export const setPausedSchema = dagRefSchema.extend({ paused: z.boolean() })
export const clearDagRunSchema = dagRunRefSchema.extend({
  /** Empty: every task. */
  tasks: z.array(foreignId).max(500).default([]),
  downstream: z.boolean().default(true),
  onlyFailed: z.boolean().default(false),
})
/** A clear is what its preview showed, or it is not done. */
export const confirmedClearSchema = clearDagRunSchema.extend({
  expected: z.number().int().min(0).max(100_000),
})

type Tone = 'ok' | 'progress' | 'waiting' | 'failing' | 'neutral'
interface StateRow {
  readonly word: string
  readonly tone: Tone
  readonly terminal: boolean
}
const row = (word: string, tone: Tone, terminal = false): StateRow => ({ word, tone, terminal })

/** Airflow's states of runs and tasks, with its names. */
const airflowStates: Readonly<Record<string, StateRow>> = {
  queued: row('Queued', 'waiting'),
  scheduled: row('Scheduled', 'waiting'),
  running: row('Running', 'progress'),
  restarting: row('Restarting', 'progress'),
  deferred: row('Deferred', 'waiting'),
  up_for_retry: row('Up for retry', 'waiting'),
  up_for_reschedule: row('Up for reschedule', 'waiting'),
  awaiting_input: row('Awaits input', 'waiting'),
  success: row('Success', 'ok', true),
  failed: row('Failed', 'failing', true),
  upstream_failed: row('Upstream failed', 'failing', true),
  skipped: row('Skipped', 'neutral', true),
  removed: row('Removed', 'neutral', true),
}
const unscheduled = row('No status', 'neutral')

/** A state that a later Airflow invents is shown by its own name. */
export const airflowState = (state: string | null): StateRow =>
  state === null ? unscheduled : (airflowStates[state] ?? row(state, 'neutral'))

/** What was read from Airflow, and when: it may come out of a cache of a few seconds. */
export interface ReadThrough {
  /** ISO 8601. */
  readonly at: string
}

export interface AirflowConnectionView {
  readonly name: string
  /** Of its user interface, for links. */
  readonly address: string
  readonly version: string
  readonly username: string
  readonly projects: readonly string[]
  /** Where its pods run, as `cluster/namespace`, or `cluster/*`; empty: anywhere. For who manages connections alone. */
  readonly podPlaces: readonly string[]
  readonly registeredAt: string
}

export const airflowSteps = ['address', 'dns', 'tcp', 'tls', 'airflow', 'version', 'login', 'health'] as const
export type AirflowStep = (typeof airflowSteps)[number]
export interface AirflowCheckStep {
  readonly step: AirflowStep
  readonly passed: boolean
  /** In words: what was found, or what failed and what to do. */
  readonly message: string
}
export interface AirflowCheck {
  readonly passed: boolean
  readonly version: string | null
  readonly steps: readonly AirflowCheckStep[]
}

export interface AirflowComponent {
  readonly name: string
  readonly status: string
  readonly heartbeatAt: string | null
}
export interface AirflowHealth {
  /** `silent`: it did not answer, so nothing is known of it now. */
  readonly state: 'healthy' | 'unhealthy' | 'silent'
  readonly components: readonly AirflowComponent[]
  readonly message: string
  /** When this console last had an answer; null: none since it started. */
  readonly answeredAt: string | null
}

export interface DagRow {
  readonly dag: string
  readonly title: string
  readonly description: string | null
  readonly paused: boolean
  readonly schedule: string | null
  readonly tags: readonly string[]
  readonly owners: readonly string[]
  readonly importErrors: boolean
  readonly nextRunAt: string | null
}
export interface DagList extends ReadThrough {
  readonly dags: readonly DagRow[]
  readonly total: number
  readonly offset: number
}
/** A run where there is room for a mark only. */
export interface DagRunDot {
  readonly run: string
  readonly state: string
  readonly at: string | null
}
export interface DagLastRuns extends ReadThrough {
  readonly dags: readonly {
    readonly dag: string
    /** Newest last; null: Airflow was not asked for those of this one. */
    readonly runs: readonly DagRunDot[] | null
  }[]
}
export interface DagParam {
  readonly name: string
  readonly value: z.core.util.JSONType
  readonly description: string | null
  /** JSON Schema, as the DAG's author wrote it. */
  readonly schema: Readonly<Record<string, unknown>>
}
export interface DagDetail extends ReadThrough {
  readonly dag: DagRow
  readonly params: readonly DagParam[]
  readonly doc: string | null
  readonly file: string | null
  /** Airflow's own page; null when its address can't be linked. */
  readonly link: string | null
}
export interface DagRunRow {
  readonly run: string
  readonly dag: string
  readonly state: string
  readonly type: string
  readonly queuedAt: string | null
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly conf: Readonly<Record<string, unknown>>
  readonly note: string | null
  /** The user of Airflow who triggered it, as far as Airflow says. */
  readonly by: string | null
}
export interface DagRunList extends ReadThrough {
  readonly runs: readonly DagRunRow[]
  readonly total: number
  readonly offset: number
}
/** All map indexes of a task in one run. */
export interface GridCell {
  /** The gravest of them. */
  readonly state: string | null
  readonly indexes: number
}
export interface GridColumn {
  readonly run: DagRunRow
  /** By task; without one, the run has no such task. */
  readonly cells: Readonly<Record<string, GridCell>>
}
export interface DagGrid extends ReadThrough {
  /** In an order in which none comes before what it waits for. */
  readonly tasks: readonly string[]
  /** Newest last. */
  readonly runs: readonly GridColumn[]
  /** Whether there are more task instances than were read: some cells may be missing. */
  readonly cut: boolean
}
export interface TaskInstanceRow {
  readonly task: string
  readonly mapIndex: number
  readonly state: string | null
  readonly tryNumber: number
  readonly maxTries: number
  readonly operator: string | null
  readonly pool: string | null
  readonly queuedAt: string | null
  readonly startedAt: string | null
  readonly endedAt: string | null
}
export interface DagRunDetail extends ReadThrough {
  readonly run: DagRunRow
  readonly tasks: readonly TaskInstanceRow[]
  /** More than can be shown: the rest is on Airflow's own page. */
  readonly cut: number
  readonly link: string | null
}
export interface TaskInstanceDetail extends ReadThrough {
  readonly instance: TaskInstanceRow
  readonly renderedFields: Readonly<Record<string, unknown>>
  readonly note: string | null
  readonly link: string | null
}
export interface TaskTries extends ReadThrough {
  /** One for each try, the first one first. */
  readonly tries: readonly TaskInstanceRow[]
}
export interface AirflowLogLine {
  readonly at: string | null
  readonly level: string | null
  readonly text: string
}
export interface AirflowLogs extends ReadThrough {
  readonly lines: readonly AirflowLogLine[]
  /** In words, when not everything is here. */
  readonly cut: string | null
}
export interface ImportErrorRow {
  readonly file: string
  readonly at: string | null
  readonly trace: string
}
export interface ImportErrorList extends ReadThrough {
  readonly errors: readonly ImportErrorRow[]
  readonly total: number
}
export interface AirflowClearPlan {
  readonly tasks: readonly TaskInstanceRow[]
}
