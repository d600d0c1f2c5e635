import type { TaskRunner } from '@fairlead/contracts/task-runner'
import type { WorkflowDb } from '@fairlead/db/views'
import type { Versions } from './run/versions'
import type { Outlines } from './views/outlines'

export interface Destination {
  readonly cluster: string
  readonly namespace: string
}

/** What the doors of the room are built from; apps wire it. */
export interface WorkflowDeps {
  readonly db: WorkflowDb
  /** Where a project may run: cluster names with a namespace, or `*`. */
  readonly destinationsOf: (projectId: string) => Promise<readonly Destination[]>
  readonly runner: Pick<TaskRunner, 'logs'>
}

/** The same, with one memory of definitions for all verbs. */
export interface VerbDeps extends WorkflowDeps {
  readonly versions: Versions
  readonly outlines: Outlines
}
