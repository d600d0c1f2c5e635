import { approverRoles } from './approver-roles'
import type { EngineDeps } from './engine-deps'
import type { ApprovalTally } from './observation'
import { rowKey, type RunRow, type TaskRow } from './rows'

/**
 * Decisions that are bound to what each task asks for now: those of an earlier clearing release nothing, and neither do
 * those of people who have lost the right since.
 */
export async function talliesOf(
  { db }: EngineDeps,
  run: RunRow,
  tasks: readonly TaskRow[],
): Promise<ReadonlyMap<string, ApprovalTally>> {
  const waiting = tasks.filter(({ state }) => state === 'awaiting_approval')
  if (waiting.length === 0) return new Map()
  const digests = waiting.flatMap(({ pending }) => (pending?.kind === 'approval' ? [pending.digest] : []))
  const decisions = await db.workflowApproval.findMany({
    where: { runId: run.id, digest: { in: digests } },
    orderBy: { at: 'asc' },
  })
  const people = await approverRoles(
    db,
    decisions.map(({ userId }) => userId),
  )
  return new Map(
    waiting.map((row) => {
      const asked = row.pending?.kind === 'approval' ? row.pending : null
      const own = decisions.filter(
        (each) =>
          each.digest === asked?.digest &&
          each.taskId === row.taskId &&
          each.index === row.index &&
          people.holds(each.userId, run.projectId, asked.roles) &&
          !(asked.excludeRequester && each.userId === run.requesterId),
      )
      const rejection = own.find(({ decision }) => decision === 'rejected')
      return [
        rowKey(row.taskId, row.index),
        {
          approvedBy: own.flatMap(({ decision, userName }) => (decision === 'approved' ? [userName] : [])),
          rejected: rejection === undefined ? null : { by: rejection.userName, reason: rejection.reason },
        },
      ]
    }),
  )
}
