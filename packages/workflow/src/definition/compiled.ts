import type {
  RetriesSpec,
  ScheduleSpec,
  TaskDocument,
  WorkflowDocument,
} from '@fairlead/contracts/workflow-document'
import type { FailureCause } from '@fairlead/contracts/task-runner'
import type { TriggerRule } from '@fairlead/contracts/workflow-states'

/** Milliseconds; null: no limit. */
export interface Timeouts {
  readonly startMs: number | null
  readonly finishMs: number | null
}

export interface RetryPolicy {
  /** Attempts after the first that a cause may use up. Causes with one `budget` in contracts share it. */
  readonly budgetOf: Readonly<Record<NonNullable<RetryBudget>, number>>
  readonly initialMs: number
  readonly factor: number
  readonly maxMs: number
  readonly jitter: boolean
  /** Factor or bytes to add; null: the same memory again. */
  readonly oomMemory: { readonly kind: 'factor' | 'add'; readonly value: number } | null
}
export type RetryBudget = 'max' | 'disruption' | 'imagePull' | 'quota' | 'apiError' | 'lost'

/** What a task does is said by exactly one of these. */
export const taskKinds = ['run', 'approval', 'wait', 'airflow'] as const

/** A task of a version, defaults merged, its place in the graph known. */
export interface CompiledTask {
  readonly id: string
  readonly kind: (typeof taskKinds)[number]
  readonly position: number
  readonly needs: readonly string[]
  readonly downstream: readonly string[]
  readonly trigger: TriggerRule
  readonly setup: boolean
  readonly leaf: boolean
  /** Those of `needs` that are setups. */
  readonly setups: readonly string[]
  /** Tasks whose state or outputs its expressions read: always upstream of it, directly or not. */
  readonly reads: readonly string[]
  readonly source: TaskDocument
  readonly timeouts: Timeouts
  readonly retries: RetryPolicy
}

/** Immutable: belongs to one version and may be kept in memory by its id. */
export interface CompiledWorkflow {
  readonly name: string
  readonly project: string
  readonly document: WorkflowDocument
  readonly schedule: ScheduleSpec | null
  readonly deadlineMs: number | null
  readonly timeoutMs: number | null
  /** In topological order. */
  readonly order: readonly string[]
  readonly tasks: ReadonlyMap<string, CompiledTask>
  /** Pools that its tasks name. */
  readonly pools: readonly string[]
  /** Tasks that have a deadline, in milliseconds after the run's start. */
  readonly deadlines: readonly { readonly taskId: string; readonly ms: number }[]
}

/** What expressions may read. Values are JSON. */
export interface ExpressionScope {
  readonly run: {
    readonly id: string
    readonly number: number
    /** RFC 3339; the time a schedule meant, else the time of creation. */
    readonly nominalTime: string
    readonly trigger: string
  }
  readonly parameters: Readonly<Record<string, unknown>>
  /** `outputs` of a fan-out is a list in the order of its indexes; {} where there are none. */
  readonly tasks: Readonly<Record<string, { readonly state: string; readonly outputs: unknown }>>
  readonly item?: unknown
  readonly index?: number
}

/** An expression could not be evaluated, or gave what the place can't hold. */
export interface ExpressionFailure {
  readonly ok: false
  readonly cause: Extract<FailureCause, 'invalid'>
  readonly reason: string
}
export type Evaluated<T> = { readonly ok: true; readonly value: T } | ExpressionFailure

export type { RetriesSpec }
