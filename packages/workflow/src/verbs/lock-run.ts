import type { RunState } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb, WorkflowTx } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { CommandContext } from '@fairlead/kernel/context'

export interface LockedRun {
  readonly id: string
  readonly number: number
  readonly workflowId: string
  readonly workflow: string
  readonly versionId: string
  readonly projectId: string
  readonly requesterId: string
  readonly parentRunId: string | null
  readonly state: RunState
}

/**
 * Takes the run from the engine until the commit, and raises its fencing token: whatever the engine planned on what
 * it saw before is refused.
 */
export async function lockRun(tx: Pick<WorkflowTx, '$queryRaw'>, runId: string): Promise<LockedRun> {
  const [run] = await tx.$queryRaw<LockedRun[]>(Prisma.sql`
    UPDATE workflow_runs r SET version = version + 1
    FROM workflows w WHERE w.id = r."workflowId" AND r.id = ${runId}::uuid
    RETURNING r.id, r.number, r."workflowId", w.name AS workflow, r."versionId", r."projectId", r."requesterId",
      r."parentRunId", r.state`)
  if (run === undefined) throw notFound('run')
  return run
}

type Told = Pick<CommandContext<WorkflowDb>, 'ring' | 'change'>

/** Wakes the engine, and every screen that shows the run or its workflow. */
export function tellRun(
  { ring, change }: Told,
  run: { readonly id: string; readonly workflowId: string; readonly projectId: string },
): void {
  ring({ doorbell: 'run', key: run.id })
  change({ topic: 'run', key: run.id, projectId: run.projectId })
  change({ topic: 'workflow', key: run.workflowId, projectId: run.projectId })
}

export const runName = (run: { readonly workflow: string; readonly number: number }): string =>
  `${run.workflow} #${run.number}`
