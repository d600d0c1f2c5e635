import { z } from 'zod'
import { nameSchema, runIdSchema } from './ids'
import type { DocumentProblem } from './workflow-document'
import type { AttemptState, RunAction, RunState, RunTrigger, TaskState, TriggerRule } from './workflow-states'
import type { FailureCause } from './task-runner'
import { maxWorkflowBytes } from './workflow-document'
import { runStates } from './workflow-states'

const timeSchema = z.iso.datetime({ offset: true })
const reasonSchema = z.string().min(1, 'a reason is required').max(500)

export const workflowRefSchema = z.object({ project: nameSchema.optional(), workflow: nameSchema })
export const workflowDocumentInputSchema = z.object({
  document: z.string().min(1).max(maxWorkflowBytes),
  file: z.string().max(500).optional(),
})
export const startRunSchema = workflowRefSchema.extend({
  parameters: z.record(z.string(), z.unknown()).default({}),
  /** The nominal time; now when left out. */
  at: timeSchema.optional(),
  /** Sent twice, it starts one run. */
  key: z.string().min(1).max(200).optional(),
})
export const backfillSchema = workflowRefSchema.extend({ from: timeSchema, to: timeSchema })
export const runRefSchema = z.object({ run: runIdSchema })
export const taskRefSchema = runRefSchema.extend({
  task: nameSchema,
  index: z.number().int().min(-1).default(-1),
})
export const clearSchema = runRefSchema.extend({
  /** None: the whole run. */
  tasks: z.array(nameSchema).max(10_000).default([]),
  downstream: z.boolean().default(true),
  /** Only what failed, was skipped for it or was cancelled. */
  onlyFailed: z.boolean().default(false),
  /** Re-run with this version of the definition; the run's own when left out. */
  version: z.number().int().positive().optional(),
})
export const decideTaskSchema = taskRefSchema.extend({ digest: z.string().length(64), reason: reasonSchema })
export const listRunsSchema = z.object({
  project: nameSchema.optional(),
  workflow: nameSchema.optional(),
  states: z.array(z.enum(Object.keys(runStates) as [RunState, ...RunState[]])).default([]),
  before: timeSchema.optional(),
  limit: z.number().int().min(1).max(500).default(100),
})
export const sendEventSchema = z.object({
  project: nameSchema,
  name: nameSchema,
  payload: z.unknown().default({}),
  key: z.string().min(1).max(200).optional(),
})

/** A node of a workflow's graph. */
export interface GraphTask {
  readonly id: string
  readonly kind: 'run' | 'approval' | 'wait' | 'airflow'
  readonly needs: readonly string[]
  readonly trigger: TriggerRule
  readonly forEach: boolean
  readonly cluster: string | null
  readonly pool: string | null
  /** One line: the image and command, who approves, what is waited for, which DAG of which Airflow. */
  readonly summary: string
}

export interface WorkflowCheck {
  readonly problems: readonly DocumentProblem[]
  /** Null while the document can't be read. */
  readonly name: string | null
  readonly tasks: readonly GraphTask[]
  /** The next nominal times, RFC 3339. */
  readonly nextTimes: readonly string[]
}

export interface RunDot {
  readonly id: string
  readonly number: number
  readonly state: RunState
  readonly nominalTime: string
  readonly durationMs: number | null
}

export interface WorkflowSummary {
  readonly id: string
  readonly project: string
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly version: number
  readonly paused: boolean
  readonly schedule: { readonly cron: string; readonly timezone: string } | null
  readonly nextAt: string | null
  /** The newest runs, newest last. */
  readonly lastRuns: readonly RunDot[]
  readonly activeRuns: number
  readonly tasks: number
  readonly clusters: readonly string[]
}

export interface WorkflowDetail extends WorkflowSummary {
  readonly source: string
  readonly graph: readonly GraphTask[]
  /** JSON Schema per parameter; a default that is an expression is left out of the schema and shown as text. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly versions: readonly {
    readonly number: number
    readonly author: string
    readonly createdAt: string
    readonly digest: string
  }[]
  readonly may: Readonly<
    Record<'write' | 'run' | 'operate', { readonly passed: boolean; readonly reason: string | null }>
  >
}

export interface RunSummary {
  readonly id: string
  readonly number: number
  readonly project: string
  readonly workflow: string
  readonly version: number
  readonly state: RunState
  readonly reason: string
  readonly trigger: RunTrigger
  readonly requester: string
  readonly nominalTime: string
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  /** How many tasks stand in each state; states with none are left out. */
  readonly tally: Readonly<Partial<Record<TaskState, number>>>
}

export interface RunTask {
  readonly id: string
  readonly index: number
  readonly state: TaskState
  /** Why it stands so. */
  readonly reason: string
  readonly attempts: number
  readonly cluster: string | null
  readonly readyAt: string | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly nextAt: string | null
  /** Of a fan-out. */
  readonly indexes: { readonly size: number; readonly succeeded: number; readonly failed: number } | null
}

export interface RunView extends RunSummary {
  readonly parameters: Readonly<Record<string, unknown>>
  readonly graph: readonly GraphTask[]
  /** The tasks themselves, without the indexes of fan-outs. */
  readonly tasks: readonly RunTask[]
  readonly deadline: {
    readonly at: string
    readonly missed: boolean
    /** When the run will end, by the median of earlier runs along the critical path; null without history. */
    readonly forecastAt: string | null
  } | null
  /** The chain of tasks that decided how long the run took, or takes. */
  readonly criticalPath: readonly string[]
  readonly actions: Readonly<Record<RunAction, { readonly passed: boolean; readonly reason: string | null }>>
  readonly timeline: readonly {
    readonly at: string
    readonly task: string | null
    readonly index: number | null
    readonly kind: string
    readonly message: string
  }[]
}

export interface AttemptView {
  readonly number: number
  readonly key: string
  readonly state: AttemptState
  readonly cause: FailureCause | null
  readonly reason: string
  readonly exitCode: number | null
  readonly cluster: string
  readonly place: string | null
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  /** As it was rendered; environment values of parameters included, secrets never are part of it. */
  readonly spec: Readonly<Record<string, unknown>>
  readonly logs: 'live' | 'archived' | 'none'
  readonly upkeep: string
}

/** One thing that a task waits for, or has behind it. */
export interface WhyLine {
  readonly what:
    'rule' | 'upstream' | 'pool' | 'limit' | 'cluster' | 'airflow' | 'timer' | 'approval' | 'event' | 'runner'
  readonly passed: boolean
  readonly message: string
  readonly until: string | null
}

export interface TaskApprovalView {
  readonly digest: string
  readonly message: string
  readonly quorum: number
  readonly roles: readonly string[]
  readonly excludeRequester: boolean
  readonly expiresAt: string
  readonly given: readonly {
    readonly user: string
    readonly decision: 'approved' | 'rejected'
    readonly reason: string
    readonly at: string
  }[]
  readonly remaining: number
  readonly mine: { readonly passed: boolean; readonly reason: string | null }
}

export interface TaskView extends RunTask {
  readonly item: unknown
  readonly outputs: unknown
  readonly attemptList: readonly AttemptView[]
  readonly approval: TaskApprovalView | null
  readonly why: readonly WhyLine[]
  readonly upstream: readonly { readonly id: string; readonly state: TaskState }[]
  readonly trigger: TriggerRule
}

export interface TaskApprovalItem {
  readonly run: RunSummary
  readonly task: string
  readonly index: number
  readonly requestedAt: string
  readonly approval: TaskApprovalView
}

export interface ClearPlan {
  readonly version: number
  /** Exactly the rows that clear would reset. */
  readonly tasks: readonly { readonly id: string; readonly index: number; readonly state: TaskState }[]
  /** Attempts that run now and would be stopped. */
  readonly stops: number
  readonly blocked: string | null
}

export interface BackfillPlan {
  readonly times: readonly { readonly at: string; readonly local: string; readonly exists: boolean }[]
  readonly timezone: string
  readonly blocked: string | null
}

export interface GridView {
  readonly tasks: readonly string[]
  readonly runs: readonly (RunDot & {
    readonly trigger: RunTrigger
    readonly states: Readonly<Record<string, TaskState>>
  })[]
}

export interface CalendarEntry {
  readonly workflow: string
  readonly project: string
  readonly at: string
  /** In the schedule's own zone, with its offset: where an offset changes, a clock was put forward or back. */
  readonly local: string
  readonly offset: string
  readonly note: string | null
}

export interface LineageGraph {
  readonly tasks: readonly { readonly project: string; readonly workflow: string; readonly task: string }[]
  readonly datasets: readonly string[]
  readonly edges: readonly {
    readonly workflow: string
    readonly task: string
    readonly dataset: string
    readonly direction: 'input' | 'output'
    readonly at: string
    readonly run: string
  }[]
}

export interface PoolView {
  readonly project: string
  readonly name: string
  readonly slots: number
  readonly used: number
  readonly waiting: number
  readonly description: string
}

export interface TaskLogs {
  readonly lines: readonly { readonly at: string | null; readonly text: string }[]
  readonly cursor: string | null
  readonly archived: boolean
  readonly missing: string | null
}
