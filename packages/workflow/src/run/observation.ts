import type { RunState } from '@fairlead/contracts/workflow-states'
import type { CompiledWorkflow } from '../definition/compiled'
import type { Limit } from './limits'
import type { TaskDeadlines } from './task-deadlines'
import type { AttemptRow, RunRow, TaskRow } from './rows'

/** Everything that one pass may decide on, read before it: what isn't here needs no decision now. */
export interface Observation {
  readonly run: RunRow
  readonly workflowName: string
  readonly compiled: CompiledWorkflow
  /** Rows that are dirty, due or ready, those of `attempts`, and the direct downstream of those. */
  readonly tasks: readonly TaskRow[]
  /** Live attempts that are dirty or due. */
  readonly attempts: readonly AttemptRow[]
  /** A batch was full: what is left is as due as this. */
  readonly more: boolean
  /** What the expressions of `tasks` may read, by task id. */
  readonly reads: Readonly<Record<string, TaskReading>>
  readonly destinations: readonly { readonly cluster: string; readonly namespace: string }[]
  readonly clusters: ReadonlyMap<string, ClusterKnowledge>
  /** Free slots of the limits that this version's tasks are under, as they were just now: who is admitted is decided later. */
  readonly limits: readonly Limit[]
  readonly deadlines: TaskDeadlines
  /** By row key, for rows that await an approval. */
  readonly decisions: ReadonlyMap<string, ApprovalTally>
  /** By row key, for deferred rows. */
  readonly findings: ReadonlyMap<string, WaitFinding>
}

export interface TaskReading {
  readonly state: string
  readonly outputs: unknown
}

/** A cluster that nobody has heard of yet counts as reachable: asking will tell. */
export interface ClusterKnowledge {
  readonly reachable: boolean
  readonly reason: string
  readonly since: Date
}

export interface ApprovalTally {
  readonly approvedBy: readonly string[]
  readonly rejected: { readonly by: string; readonly reason: string } | null
}

/** What was found of what a deferred task waits for; null: nothing yet. */
export type WaitFinding =
  | { readonly kind: 'events'; readonly payloads: readonly unknown[] }
  | { readonly kind: 'run'; readonly id: string; readonly number: number; readonly state: RunState }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'rollout'; readonly state: 'moving' | 'converged' | 'failed'; readonly reason: string }
