import { durationMs } from '@fairlead/contracts/application'
import type { StagePlan } from '@fairlead/contracts/rollout'
import { changesNothing, planDifference } from '../plan/stage-plan'
import { after, earliest, move, wait, type Decision } from './decision'
import { endFailed, endStage } from './failing'
import type { Observation, StageObservation } from './observation'
import { carryOut, needsApproval, targetsConverged } from './plan-gates'
import { isSettled } from './judge'

const retryMs = 3_000
/** An unanswered plan is looked at again so often, so that approvers see what is true now. */
const recheckMs = 30_000

export function planPending(observation: Observation, stage: StageObservation, now: Date): Decision {
  return move(`Planning ${stage.spec.name}.`, {
    rollout: { state: 'running' },
    stages: [
      {
        id: stage.id,
        from: stage.state,
        state: 'planning',
        reason: 'Asking every target what this release would change.',
        planRequestedAt: now,
        baseReleaseId: stage.verifiedReleaseId,
      },
    ],
  })
}

export function planPlanning(observation: Observation, stage: StageObservation, now: Date): Decision {
  const { fresh } = stage
  const since = stage.planRequestedAt ?? now
  const giveUpAt = after(since, durationMs(stage.spec.deadline.total))
  if (fresh === null) return wait(after(now, retryMs), 'The plan is not there yet.')
  if (fresh.kind === 'unreachable') {
    const reason = `Planning waits: ${fresh.reason}`
    if (now >= giveUpAt) return endFailed(observation, stage, { reason, evidence: [fresh.reason] }, now)
    return wait(earliest(after(now, retryMs), giveUpAt), reason, {
      stages: [{ id: stage.id, from: stage.state, reason }],
    })
  }
  if (fresh.kind === 'refused')
    return endFailed(observation, stage, { reason: fresh.reason, evidence: [] }, now)
  const { plan } = fresh
  if (plan.blockers.length > 0)
    return endFailed(
      observation,
      { ...stage, plan },
      { reason: `It can't be applied: ${plan.blockers.join(' ')}`, evidence: plan.blockers },
      now,
    )
  if (nothingToDo(stage, plan))
    return targetsConverged(
      observation,
      { ...stage, plan },
      now,
      'No change: the targets already run this release.',
    )
  return needsApproval(observation, stage) ? askApproval(stage, plan, now) : carryOut(stage, plan, now)
}

/** Nothing would change, every object is ours already, and everything is well: there is nothing to wait for. */
const nothingToDo = (stage: StageObservation, plan: StagePlan): boolean =>
  changesNothing(plan) &&
  stage.verifiedReleaseId !== null &&
  stage.targets.every(
    ({ live }) =>
      live !== null &&
      live.reachable &&
      live.adrift.length === 0 &&
      live.workloads.every(({ verdict }) => isSettled(verdict)),
  )

function askApproval(stage: StageObservation, plan: StagePlan, now: Date): Decision {
  const quorum = stage.spec.approval?.quorum ?? 1
  const reason = `Waiting for ${quorum} ${quorum === 1 ? 'approval' : 'approvals'} of this plan.`
  return move(reason, {
    rollout: { state: 'waiting' },
    stages: [
      { id: stage.id, from: stage.state, state: 'awaiting_approval', reason, plan, planRequestedAt: now },
    ],
    entries: [{ stage: stage.spec.name, cluster: null, kind: 'approval_requested', message: reason }],
  })
}

export function planAwaiting(observation: Observation, stage: StageObservation, now: Date): Decision {
  const approval = stage.spec.approval
  const expiresAt = after(stage.planRequestedAt ?? now, durationMs(approval?.expires ?? '24h'))
  if (now >= expiresAt)
    return endStage(
      observation,
      stage,
      {
        state: 'cancelled',
        reason: `Nobody decided within ${approval?.expires ?? '24h'}; nothing was applied to ${stage.spec.name}.`,
      },
      now,
    )
  const later = earliest(after(now, recheckMs), expiresAt)
  const { fresh } = stage
  if (fresh === null || fresh.kind === 'unreachable') {
    const reason = `The plan can't be checked again: ${fresh?.reason ?? 'it was not asked for'}`
    return wait(earliest(after(now, retryMs), expiresAt), reason, {
      stages: [{ id: stage.id, from: stage.state, reason }],
    })
  }
  if (fresh.kind === 'refused')
    return endFailed(observation, stage, { reason: fresh.reason, evidence: [] }, now)
  if (fresh.plan.digest !== stage.planDigest) return askAgain(stage, fresh.plan, now)
  if (fresh.plan.blockers.length > 0) {
    const reason = `It can't be applied: ${fresh.plan.blockers.join(' ')}`
    return wait(later, reason, { stages: [{ id: stage.id, from: stage.state, reason }] })
  }
  const quorum = approval?.quorum ?? 1
  if (stage.approvals >= quorum) return carryOut(stage, fresh.plan, now)
  const reason = `Waiting for ${quorum - stage.approvals} of ${quorum} approvals of this plan.`
  return wait(later, reason, { stages: [{ id: stage.id, from: stage.state, reason }] })
}

/** Approvals bind to a digest: with another plan, those given are void and everybody is asked again. */
function askAgain(stage: StageObservation, plan: StagePlan, now: Date): Decision {
  const what = stage.plan === null ? 'the plan changed' : planDifference(stage.plan, plan)
  const reason = `The plan changed since it was shown (${what}); earlier approvals no longer count.`
  return move(reason, {
    rollout: { state: 'waiting' },
    stages: [
      { id: stage.id, from: stage.state, state: 'awaiting_approval', reason, plan, planRequestedAt: now },
    ],
    entries: [{ stage: stage.spec.name, cluster: null, kind: 'plan_changed', message: reason }],
  })
}
