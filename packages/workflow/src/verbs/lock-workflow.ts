import { Prisma } from '@fairlead/db/sql'
import type { WorkflowTx } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'

export interface LockedWorkflow {
  readonly id: string
  readonly projectId: string
  readonly name: string
  readonly versionId: string | null
  readonly versionNumber: number
  readonly lastRunNumber: number
  readonly paused: boolean
  readonly scheduledTo: Date | null
}

/** Takes the workflow from the calendar and from whoever else changes it, until the commit. */
export async function lockWorkflow(tx: Pick<WorkflowTx, '$queryRaw'>, id: string): Promise<LockedWorkflow> {
  const [workflow] = await tx.$queryRaw<LockedWorkflow[]>(Prisma.sql`
    SELECT id, "projectId", name, "versionId", "versionNumber", "lastRunNumber", paused, "scheduledTo"
    FROM workflows WHERE id = ${id}::uuid FOR UPDATE`)
  if (workflow === undefined) throw notFound('workflow')
  return workflow
}
