import { isTerminal } from '@fairlead/contracts/rollout-states'
import { act, after, earliest, move, wait, type Action, type Decision } from './decision'
import { endFailed, holdMs, holdWords, notReached } from './failing'
import { failureOf } from './judge'
import type { Observation, StageObservation } from './observation'
import { lookAgainMs } from './plan-rolling'
import { afterGap, deadlineFailure, observed, waitingWords } from './deadlines'
import { hasArrived, keepUp, unstick } from './upkeep'
import { durationMs } from '@fairlead/contracts/application'

/** Back to the base release, by applying it: with its own deadline, and never rolled back itself. */
export function planRollingBack(observation: Observation, stage: StageObservation, now: Date): Decision {
  const base = stage.baseReleaseId
  if (base === null)
    return endFailed(observation, stage, { reason: 'There is no release to go back to.', evidence: [] }, now)
  const open = stage.targets.filter(({ state }) => state === 'rolling_back')
  const late = rollbackFailure(stage, now)
  const toApply = open.filter(
    ({ applied, live }) => applied.releaseId !== base && (live === null || live.reachable),
  )
  if (toApply.length > 0 && late === null)
    return act(
      toApply.map(({ id }): Action => ({ kind: 'apply', targetId: id, releaseId: base })),
      'Applying the last verified release.',
    )
  const upkeep =
    keepUp({ ...stage, targets: open }, base, false) ??
    unstick(open.filter(({ applied }) => applied.releaseId === base))
  if (upkeep !== null && late === null) return upkeep
  const arrived = open.filter((target) => target.applied.releaseId === base && hasArrived(target))
  if (arrived.length > 0)
    return move(`${arrived.map(({ cluster }) => cluster).join(', ')} rolled back.`, {
      targets: arrived.map(({ id, state }) => ({
        id,
        from: state,
        state: 'rolled_back',
        message: 'Runs the last verified release again.',
      })),
    })
  if (stage.targets.every(({ state }) => isTerminal.target(state))) return rolledBack(observation, stage, now)
  const failure = open.map((target) => failureOf(stage, target, now)).find((found) => found !== null) ?? late
  if (failure != null)
    return endFailed(
      observation,
      stage,
      {
        reason: `The rollback failed: ${failure.reason} A rollback is never rolled back.`,
        evidence: failure.evidence,
      },
      now,
    )
  return keepWaiting(stage, now)
}

const rollbackFailure = (stage: StageObservation, now: Date) => {
  const unreachable = stage.targets.some(({ live }) => live !== null && !live.reachable)
  return unreachable ? deadlineFailure({ ...stage, progressAt: null }, now) : deadlineFailure(stage, now)
}

function keepWaiting(stage: StageObservation, now: Date): Decision {
  const { writes, progressed } = observed(
    stage.targets.filter(({ state }) => state === 'rolling_back'),
    now,
  )
  const unreachable = stage.targets.some(({ live }) => live !== null && !live.reachable)
  const moved = progressed
    ? { progressAt: after(now, durationMs(stage.spec.deadline.progress)) }
    : unreachable
      ? afterGap(stage, now)
      : {}
  return wait(earliest(after(now, lookAgainMs), stage.totalAt), `Rolling back: ${waitingWords(stage)}`, {
    stages: [{ id: stage.id, from: stage.state, ...moved }],
    targets: writes,
  })
}

function rolledBack(observation: Observation, stage: StageObservation, now: Date): Decision {
  const partly = stage.targets.some(({ state }) => state === 'failed')
  const reason = `Rolled back to the last verified release${partly ? '; a target that refused the release was left as it is' : ''}.`
  return move(
    reason,
    {
      rollout: { state: 'rolled_back' },
      stages: [
        {
          id: stage.id,
          from: stage.state,
          state: 'rolled_back',
          finishedAt: now,
          progressAt: null,
          totalAt: null,
        },
        ...notReached(observation, stage, now),
      ],
      targets: [],
      standing: {
        stage: stage.spec.name,
        hold: { reason: holdWords(observation, 'rolled back.'), expiresAt: after(now, holdMs) },
      },
      entries: [{ stage: stage.spec.name, cluster: null, kind: 'rolled_back', message: reason, audit: true }],
    },
    'settled',
  )
}
