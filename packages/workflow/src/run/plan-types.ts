import type { AttemptSpec, FailureCause } from '@fairlead/contracts/task-runner'
import type { AttemptState, RunState } from '@fairlead/contracts/workflow-states'
import type { AttemptRow, TaskRow } from './rows'
import type { RunEntry } from './run-entries'

/** What one pass decided: pure data, written by record.ts in one transaction, then acted on. */
export interface Plan {
  readonly run: RunWrite
  /** Rows as they shall be, whole: the run's version guards them all. */
  readonly tasks: readonly TaskRow[]
  readonly fanOuts: readonly FanOut[]
  /** For downstream rows that were not read. */
  readonly deltas: ReadonlyMap<string, CountDelta>
  /** Ready to start, best first; limits decide in the transaction who is admitted. */
  readonly candidates: readonly Candidate[]
  /** Ready rows were passed over for want of a slot. */
  readonly short: boolean
  readonly attempts: readonly AttemptWrite[]
  /** Attempts that are intended and not yet known to exist, and those to be stopped. */
  readonly starts: readonly AttemptRow[]
  readonly stops: readonly AttemptRow[]
  /** Runs of other workflows that tasks wait for. */
  readonly children: readonly ChildRun[]
  readonly entries: readonly RunEntry[]
  readonly lineage: readonly LineageNote[]
  readonly notices: readonly Notice[]
  readonly next: 'again' | 'later' | 'settled'
  readonly reason: string
}

export interface RunWrite {
  readonly state: RunState
  readonly reason: string
  readonly openTasks: number
  readonly failedTasks: number
  readonly failedLeaves: number
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly deadlineAt: Date | null
  readonly deadlineMissedAt: Date | null
  readonly timeoutAt: Date | null
  readonly cancelReason: string | null
  /** Every open task without a live attempt is cancelled, every live attempt is stopped. */
  readonly cancelAll: boolean
  /** Only if the workflow may have one more active run. */
  readonly starting: boolean
}

export interface CountDelta {
  needs: number
  succeeded: number
  failed: number
  upstreamFailed: number
  skipped: number
  setupsSucceeded: number
  setupsSkipped: number
  setupsSettled: number
}

export interface FanOut {
  readonly taskId: string
  readonly position: number
  readonly pool: string | null
  readonly priority: number
  readonly generation: number
  readonly items: readonly unknown[]
}

export interface Candidate {
  readonly row: TaskRow
  readonly cluster: string
  readonly spec: AttemptSpec
  readonly startMs: number | null
  readonly finishMs: number | null
  readonly pool: string | null
  readonly priority: number
}

export interface AttemptWrite {
  readonly key: string
  /** The observation that was decided on: a later one leaves the row dirty. */
  readonly seenSeq: number
  readonly from: AttemptState
  readonly state: AttemptState
  readonly cause: FailureCause | null
  readonly reason: string
  readonly exitCode: number | null
  readonly stopCause: FailureCause | null
  readonly stopReason: string
  readonly dirty: boolean
  readonly nextAt: Date | null
  readonly startBy: Date | null
  readonly finishBy: Date | null
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly upkeep: 'none' | 'archive' | 'kill'
}

export interface ChildRun {
  readonly row: TaskRow
  readonly workflow: string
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface LineageNote {
  readonly taskId: string
  readonly index: number
  readonly attempt: number
  readonly kind: 'START' | 'COMPLETE' | 'FAIL' | 'ABORT'
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

export interface Notice {
  readonly on: 'succeeded' | 'failed' | 'cancelled' | 'deadline' | 'approval'
  readonly message: string
  /** Of an approval. */
  readonly task?: string
}
