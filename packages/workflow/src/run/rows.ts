import type { AttemptPhase, AttemptSpec, FailureCause } from '@fairlead/contracts/task-runner'
import type { AttemptState, RunState, RunTrigger, TaskState } from '@fairlead/contracts/workflow-states'
import type { RetryBudget } from '../definition/compiled'

/** Rows as the engine reads and writes them: columns of prisma/models/workflow.prisma, JSON columns parsed. */
export interface RunRow {
  readonly id: string
  readonly workflowId: string
  readonly versionId: string
  readonly projectId: string
  readonly number: number
  readonly trigger: RunTrigger
  readonly requesterId: string
  readonly nominalTime: Date
  readonly parentRunId: string | null
  readonly parameters: Readonly<Record<string, unknown>>
  readonly state: RunState
  readonly reason: string
  readonly priority: number
  readonly version: number
  readonly openTasks: number
  readonly failedTasks: number
  readonly failedLeaves: number
  readonly cancelReason: string | null
  readonly cancelledBy: string | null
  readonly deadlineAt: Date | null
  readonly deadlineMissedAt: Date | null
  readonly timeoutAt: Date | null
  readonly checkAt: Date | null
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  /** Of its workflow. */
  readonly maxActiveRuns: number
}

export type Tried = Readonly<Partial<Record<RetryBudget, number>>>

export interface TaskRow {
  readonly taskId: string
  readonly index: number
  readonly position: number
  readonly state: TaskState
  readonly reason: string
  readonly needs: number
  readonly succeeded: number
  readonly failed: number
  readonly upstreamFailed: number
  readonly skipped: number
  readonly setupsSucceeded: number
  readonly setupsSkipped: number
  readonly setupsSettled: number
  readonly size: number | null
  readonly indexSucceeded: number
  readonly indexFailed: number
  readonly item: unknown
  readonly outputs: unknown
  readonly attempts: number
  readonly tried: Tried
  readonly memory: string | null
  readonly pending: Pending | null
  readonly pool: string | null
  readonly cluster: string | null
  readonly priority: number
  readonly generation: number
  readonly dirty: boolean
  readonly nextAt: Date | null
  readonly readyAt: Date | null
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

/** What an approval is bound to, or what a wait waits for. */
export type Pending =
  | {
      readonly kind: 'approval'
      readonly digest: string
      readonly message: string
      readonly quorum: number
      readonly roles: readonly string[]
      readonly excludeRequester: boolean
      readonly expiresAt: string
    }
  | { readonly kind: 'time'; readonly until: string }
  | { readonly kind: 'event'; readonly name: string; readonly match: string | null }
  | {
      readonly kind: 'workflow'
      readonly name: string
      readonly parameters: Readonly<Record<string, unknown>>
      readonly run: string | null
    }
  /** It can't be waited for. */
  | { readonly kind: 'refused'; readonly reason: string }
  | {
      readonly kind: 'rollout'
      readonly application: string
      readonly stage: string | null
      readonly since: string
    }

export interface AttemptRow {
  readonly key: string
  readonly taskId: string
  readonly index: number
  readonly number: number
  readonly generation: number
  readonly token: string
  readonly cluster: string
  readonly state: AttemptState
  readonly spec: AttemptSpec
  readonly specHash: string
  readonly observedSeq: number
  readonly observedPhase: ObservedPhase | null
  readonly observedCause: FailureCause | null
  readonly observedReason: string
  readonly observedExit: number | null
  readonly observedOutput: string | null
  readonly observedAt: Date | null
  readonly stopCause: FailureCause | null
  readonly stopReason: string
  readonly startTries: number
  readonly dirty: boolean
  readonly nextAt: Date | null
  readonly startBy: Date | null
  readonly finishBy: Date | null
  readonly createdAt: Date
  readonly acceptedAt: Date | null
  readonly startedAt: Date | null
}

/** What intake writes: the runner's phases, `vanished` from a full list, `gone` from a stop that was asked for. */
export type ObservedPhase = AttemptPhase | 'vanished' | 'gone'

/** Identifies a task row within its run. */
export const rowKey = (taskId: string, index: number): string => `${taskId}[${index}]`
