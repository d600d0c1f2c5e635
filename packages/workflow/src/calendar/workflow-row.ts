import { openStates } from '@fairlead/contracts/workflow-states'
import { appendChanges } from '@fairlead/db/changes'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowTx } from '@fairlead/db/views'
import type { CalendarRow } from './decide-tick'
import type { ScheduleState } from './schedule-state'

export interface DueWorkflow extends Omit<CalendarRow, 'active'> {
  readonly id: string
  readonly projectId: string
  readonly name: string
  readonly versionId: string
  readonly lastRunNumber: number
}

/** Takes a workflow that is still due; null when it isn't, or when another calendar has it. */
export async function lockDue(tx: WorkflowTx, id: string, now: Date): Promise<DueWorkflow | null> {
  const [workflow] = await tx.$queryRaw<DueWorkflow[]>(Prisma.sql`
    SELECT id, "projectId", name, "versionId", "lastRunNumber", paused, "scheduledTo", "scheduleAt" FROM workflows
    WHERE id = ${id}::uuid AND "scheduleAt" <= ${now} AND NOT paused AND "versionId" IS NOT NULL
    FOR UPDATE SKIP LOCKED`)
  return workflow ?? null
}

/** Runs of the schedule that haven't ended, oldest first. */
export const activeRuns = (
  tx: WorkflowTx,
  workflowId: string,
): Promise<{ readonly id: string; readonly number: number }[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT id, number FROM workflow_runs
    WHERE "workflowId" = ${workflowId}::uuid AND state IN (${Prisma.join([...openStates.run])}) AND trigger = 'schedule'
    ORDER BY number`)

/** `scheduledTo` never moves back. */
export async function moveTo(tx: WorkflowTx, workflow: DueWorkflow, to: ScheduleState): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    UPDATE workflows SET "scheduleAt" = ${to.scheduleAt},
      "scheduledTo" = GREATEST("scheduledTo", ${to.scheduledTo}::timestamptz)
    WHERE id = ${workflow.id}::uuid`)
  await appendChanges(tx, [{ topic: 'workflow', key: workflow.id, projectId: workflow.projectId }])
}
