import type { RunTask } from '@fairlead/contracts/workflow'
import type { TaskState } from '@fairlead/contracts/workflow-states'

export const runTaskColumns = {
  taskId: true,
  index: true,
  state: true,
  reason: true,
  attempts: true,
  cluster: true,
  readyAt: true,
  startedAt: true,
  finishedAt: true,
  nextAt: true,
  size: true,
  indexSucceeded: true,
  indexFailed: true,
} as const

export interface RunTaskRow {
  readonly taskId: string
  readonly index: number
  readonly state: string
  readonly reason: string
  readonly attempts: number
  readonly cluster: string | null
  readonly readyAt: Date | null
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly nextAt: Date | null
  readonly size: number | null
  readonly indexSucceeded: number
  readonly indexFailed: number
}

export const runTask = (row: RunTaskRow): RunTask => ({
  id: row.taskId,
  index: row.index,
  state: row.state as TaskState,
  reason: row.reason,
  attempts: row.attempts,
  cluster: row.cluster,
  readyAt: row.readyAt?.toISOString() ?? null,
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
  nextAt: row.nextAt?.toISOString() ?? null,
  indexes:
    row.size === null ? null : { size: row.size, succeeded: row.indexSucceeded, failed: row.indexFailed },
})
