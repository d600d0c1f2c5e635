import type { RolloutGate } from '@fairlead/contracts/gates'
import type { TaskRunner } from '@fairlead/contracts/task-runner'
import type { Bell } from '@fairlead/contracts/doorbells'
import type { RawSql } from '@fairlead/db/fast-sql'
import type { WorkflowDb } from '@fairlead/db/views'
import type { ClusterKnowledge } from './observation'
import type { Versions } from './versions'

/** Raw SQL with transactions: fast-sql.ts in production, Prisma's own client does as well. */
export interface EngineSql extends RawSql {
  $transaction<R>(run: (tx: RawSql) => Promise<R>): Promise<R>
}

export interface EngineDeps {
  readonly db: WorkflowDb
  /** For the statements of every pass. */
  readonly sql: EngineSql
  readonly runner: TaskRunner
  readonly rollouts: RolloutGate
  readonly versions: Versions
  readonly clusters: { known(now: Date): Promise<ReadonlyMap<string, ClusterKnowledge>> }
  readonly destinationsOf: (
    projectId: string,
  ) => Promise<readonly { readonly cluster: string; readonly namespace: string }[]>
  readonly ring: (bells: readonly Bell[]) => Promise<void>
  /** Tests throw from it to be killed at that very point. */
  readonly onStep?: ((step: string) => void | Promise<void>) | undefined
}
