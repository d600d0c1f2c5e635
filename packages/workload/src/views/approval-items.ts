import type { ApprovalItem } from '@fairlead/contracts/rollout'
import type { WorkloadDb } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'
import { visibleProjects } from '../application/find-application'
import { planOf, stagesOf } from '../application/stored'
import { eligibleApprovers } from '../rollout/approvals'
import { approvalRequirement } from './approval-requirement'
import { rolloutSummaries, summaryColumns } from './rollout-summary'

const maxItems = 200

/** Every stage that waits for a decision in a project that the actor sees, oldest request first. */
export async function approvalItems(db: WorkloadDb, actor: Actor): Promise<ApprovalItem[]> {
  const rows = await db.rolloutStage.findMany({
    where: { state: 'awaiting_approval', rollout: { finishedAt: null, application: visibleProjects(actor) } },
    orderBy: { planRequestedAt: 'asc' },
    take: maxItems,
    include: {
      approvals: { orderBy: { at: 'asc' } },
      rollout: { select: { ...summaryColumns, stages: true } },
    },
  })
  const summaries = await rolloutSummaries(
    db,
    rows.map(({ rollout }) => rollout),
  )
  const items = await Promise.all(
    rows.map(async (row, index): Promise<ApprovalItem[]> => {
      const rollout = summaries[index]
      const plan = planOf(row.plan)
      const spec = stagesOf(row.rollout.stages).find(({ name }) => name === row.name)
      if (rollout === undefined || plan === null || spec === undefined) return []
      const { projectId } = row.rollout.application
      const people = row.approvals.map(({ userId }) => userId)
      const eligible = await eligibleApprovers(db, projectId, spec.approval?.roles ?? [], people)
      const facts = {
        ...row,
        kind: row.rollout.kind,
        projectId,
        requesterId: row.rollout.requesterId,
        spec,
        eligible,
      }
      const requirement = approvalRequirement(facts, actor)
      const requestedAt = (row.planRequestedAt ?? row.rollout.createdAt).toISOString()
      return requirement === null ? [] : [{ rollout, stage: row.name, plan, requirement, requestedAt }]
    }),
  )
  return items.flat()
}
