import { durationMs } from '@fairlead/contracts/application'
import { isTerminal } from '@fairlead/contracts/rollout-states'
import {
  afterGap,
  deadlineFailure,
  isPausedByManifest,
  isStalled,
  observed,
  totalFailure,
  waitingWords,
} from './deadlines'
import { act, after, earliest, move, wait, type Action, type Decision } from './decision'
import { failStage } from './failing'
import { failureOf } from './judge'
import type { Observation, StageObservation } from './observation'
import { targetsConverged } from './plan-gates'
import { planWaves } from './plan-waves'
import { isHeld } from './plan-window'
import { provenWords } from './proven-words'
import { standStill } from './stand-still'
import { hasArrived, keepUp, staysAway, unstick } from './upkeep'

export const lookAgainMs = 1_000
const retryMs = 2_000

export function planApplying(observation: Observation, stage: StageObservation, now: Date): Decision {
  if (isHeld(stage)) return standStill(observation, stage, now)
  const begun = stage.targets.some(
    ({ state, live }) => state !== 'pending' || (live !== null && live.reachable && live.begun),
  )
  const { fresh } = stage
  if (!begun && fresh?.kind === 'plan' && fresh.plan.digest !== stage.planDigest)
    return move('The plan changed before anything was applied; planning again.', {
      stages: [
        {
          id: stage.id,
          from: stage.state,
          state: 'planning',
          reason: 'The plan changed before anything was applied.',
          planRequestedAt: now,
        },
      ],
      entries: [
        {
          stage: stage.spec.name,
          cluster: null,
          kind: 'plan_changed',
          message: 'The plan changed before anything was applied.',
        },
      ],
    })
  if (stage.spec.waves !== undefined) return planWaves(observation, stage, now)
  const failure = stage.targets.map((target) => failureOf(stage, target, now)).find((found) => found !== null)
  if (failure !== undefined) return failStage(observation, stage, failure, now)
  const late = totalFailure(stage, now)
  if (late !== null) return failStage(observation, stage, late, now)
  const waiting = stage.targets.filter(({ state }) => state === 'pending' || state === 'trial')
  if (waiting.length === 0)
    return move('Applied; waiting for the workloads.', {
      stages: [
        {
          id: stage.id,
          from: stage.state,
          state: 'progressing',
          reason: 'Applied; waiting for the workloads.',
          progressAt: after(now, durationMs(stage.spec.deadline.progress)),
        },
      ],
    })
  const reachable = waiting.filter(({ live }) => live === null || live.reachable)
  if (reachable.length > 0)
    return act(
      reachable.map(({ id }): Action => ({
        kind: 'apply',
        targetId: id,
        releaseId: observation.rollout.releaseId,
        ...staysAway(stage),
      })),
      `Applying to ${reachable.map(({ cluster }) => cluster).join(', ')}.`,
    )
  const reason = `Waiting for ${waiting.map(({ cluster }) => cluster).join(', ')} to answer.`
  return wait(earliest(after(now, retryMs), stage.totalAt), reason, {
    stages: [{ id: stage.id, from: stage.state, reason }],
  })
}

export function planProgressing(observation: Observation, stage: StageObservation, now: Date): Decision {
  const still = observation.rollout.paused || isHeld(stage)
  const upkeep = keepUp(stage, observation.rollout.releaseId, still)
  if (upkeep !== null) return upkeep
  if (still) return standStill(observation, stage, now)
  const patient = observation.rollout.kind !== 'rollback' && !isStalled(stage, now)
  const freed = unstick(stage.targets, patient)
  if (freed !== null) return freed
  const arrived = stage.targets.filter((target) => target.state === 'applied' && hasArrived(target))
  if (arrived.length > 0)
    return move(`${arrived.map(({ cluster }) => cluster).join(', ')} converged.`, {
      targets: arrived.map(({ id, state, live }) => ({
        id,
        from: state,
        state: 'converged',
        convergedAt: now,
        message: provenWords(live),
      })),
      entries: arrived.map(({ cluster, live }) => ({
        stage: stage.spec.name,
        cluster,
        kind: 'target_converged',
        message: provenWords(live),
      })),
    })
  if (stage.targets.every(({ state }) => isTerminal.target(state)))
    return targetsConverged(observation, stage, now)
  const failure = stage.targets.map((target) => failureOf(stage, target, now)).find((found) => found !== null)
  if (failure !== undefined) return failStage(observation, stage, failure, now)
  return keepWaiting(observation, stage, now)
}

function keepWaiting(observation: Observation, stage: StageObservation, now: Date): Decision {
  const { writes, progressed } = observed(stage.targets, now)
  const unjudged =
    stage.targets.some(({ live }) => live !== null && !live.reachable) || isPausedByManifest(stage)
  const late = progressed || unjudged ? totalFailure(stage, now) : deadlineFailure(stage, now)
  if (late !== null) return failStage(observation, stage, late, now)
  const moved = progressed
    ? { progressAt: after(now, durationMs(stage.spec.deadline.progress)) }
    : unjudged
      ? afterGap(stage, now)
      : {}
  const reason = waitingWords(stage)
  return wait(earliest(after(now, lookAgainMs), stage.totalAt), reason, {
    stages: [{ id: stage.id, from: stage.state, reason, ...moved }],
    targets: writes,
  })
}
