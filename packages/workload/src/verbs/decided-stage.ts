import { durationMs } from '@fairlead/contracts/application'
import { FairleadError } from '@fairlead/contracts/errors'
import type { decideSchema } from '@fairlead/contracts/rollout'
import type { WorkloadDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { CommandContext } from '@fairlead/kernel/context'
import type { z } from 'zod'
import { mayDecide } from '../application/may-decide'
import { planOf, stagesOf } from '../application/stored'
import { eligibleApprovers } from '../rollout/approvals'
import { actedRollout } from './rollout-row'

type Context = CommandContext<WorkloadDb>
type Input = z.output<typeof decideSchema>

/** The stage that a person decides about, once everything that forbids it has been checked. */
export async function decidedStage(context: Context, action: 'approve' | 'reject', input: Input) {
  const { tx, actor, now } = context
  const { row, projectId } = await actedRollout(context, {
    action,
    rollout: input.rollout,
    note: { stage: input.stage, planDigest: input.planDigest, reason: input.reason },
  })
  const stage = row.runs.find((run) => run.name === input.stage)
  const approval = stagesOf(row.stages).find((spec) => spec.name === input.stage)?.approval
  if (stage === undefined || approval === undefined) throw notFound('stage')
  if (stage.state !== 'awaiting_approval')
    throw new FairleadError('conflict', `Stage ${stage.name} is not waiting for an approval.`)
  const decision = mayDecide(actor, { projectId, requesterId: row.requesterId, approval })
  if (!decision.passed) throw new FairleadError('forbidden', decision.reason)
  const people = await eligibleApprovers(tx, projectId, approval.roles, [actor.id])
  if (!people.has(actor.id))
    throw new FairleadError('forbidden', `This stage is decided by ${approval.roles.join(' or ')}.`)
  if (now.getTime() >= (stage.planRequestedAt?.getTime() ?? 0) + durationMs(approval.expires))
    throw new FairleadError('conflict', `The request expired after ${approval.expires}.`)
  await holdPlan(context, stage.id, input.planDigest)
  const blockers = planOf(stage.plan)?.blockers ?? []
  if (action === 'approve' && blockers.length > 0)
    throw new FairleadError('conflict', `The plan can't be applied: ${blockers.join(' ')}`)
  return { row, stage, projectId, planDigest: input.planDigest }
}

/** The guarded update: were the plan replaced meanwhile, this decision would be about something nobody saw. */
async function holdPlan({ tx }: Context, stageId: string, planDigest: string): Promise<void> {
  const held = await tx.rolloutStage.updateMany({
    where: { id: stageId, state: 'awaiting_approval', planDigest },
    data: { state: 'awaiting_approval' },
  })
  if (held.count === 0)
    throw new FairleadError('stale', 'The plan changed since you saw it; look at it again and decide then.', {
      path: 'planDigest',
      found: planDigest,
    })
}

/** Someone may turn an approval into a rejection; approving twice is refused. */
export async function writeDecision(
  { tx, actor, now, change }: Context,
  decided: Awaited<ReturnType<typeof decidedStage>>,
  decision: 'approved' | 'rejected',
  reason: string,
): Promise<void> {
  const { stage, row, planDigest, projectId } = decided
  const key = { stageId: stage.id, planDigest, userId: actor.id }
  const before = await tx.approval.findUnique({ where: { stageId_planDigest_userId: key } })
  if (before?.decision === decision) throw new FairleadError('conflict', 'You approved this plan already.')
  const data = { userName: actor.name, decision, reason, at: now }
  await tx.approval.upsert({
    where: { stageId_planDigest_userId: key },
    create: { ...key, ...data },
    update: data,
  })
  await tx.rolloutEntry.create({
    data: {
      rolloutId: row.id,
      at: now,
      stage: stage.name,
      kind: decision,
      message: `${actor.name} ${decision} the plan: ${reason}`,
    },
  })
  change({ topic: 'approval', key: row.id, projectId })
  change({ topic: 'rollout', key: row.id, projectId })
}
