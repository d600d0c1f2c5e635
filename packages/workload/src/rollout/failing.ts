import { durationMs } from '@fairlead/contracts/application'
import { isTerminal, type RolloutState, type StageState } from '@fairlead/contracts/rollout-states'
import { after, move, type Decision, type StageWrite, type TargetWrite } from './decision'
import type { Observation, StageObservation, TargetObservation } from './observation'
import { takenBack } from './wave-back'

/** How long automation stays held after a rollback, unless a person or another release lifts it. */
export const holdMs = 24 * 60 * 60 * 1000

export interface Failure {
  readonly reason: string
  readonly evidence: readonly string[]
}

const untouched = (stage: StageObservation): boolean =>
  stage.targets.every(
    ({ state, applied }) => (state === 'pending' || state === 'failed') && applied.touched.length === 0,
  )

/** What it set out to apply may be there, also where a worker was killed before it wrote that it is. */
const isBegun = ({ state, applied }: TargetObservation): boolean =>
  state === 'trial' ||
  state === 'applied' ||
  state === 'converged' ||
  (state === 'pending' && applied.touched.length > 0)

/** Why there can be no way back; null when there is one. A rollback is never rolled back. */
export function noWayBack({ rollout }: Observation, stage: StageObservation): string | null {
  if (rollout.kind === 'rollback') return 'A rollback is never rolled back; the cluster stays as it is.'
  // A trial that stays would go on getting traffic; nothing else was changed yet.
  if (stage.spec.onFailure === 'hold' && stage.state !== 'trial')
    return 'The stage says to hold on failure; the cluster stays as it is.'
  if (untouched(stage)) return 'Nothing was changed, so there is nothing to roll back.'
  if (stage.baseReleaseId === null)
    return 'No release was ever verified in this stage, so there is nothing to go back to; the cluster stays as it is.'
  if (stage.baseReleaseId === rollout.releaseId)
    return 'This is the release that was verified before, so there is nothing better to go back to; the cluster stays as it is.'
  return null
}

/** The stage failed: back to the last verified release where there is one. */
export function failStage(
  observation: Observation,
  stage: StageObservation,
  failure: Failure,
  now: Date,
): Decision {
  const { rollout } = observation
  const closed = noWayBack(observation, stage)
  if (closed !== null)
    return endFailed(observation, stage, { ...failure, reason: `${failure.reason} ${closed}` }, now)
  const { progress, total } = stage.spec.deadline
  return move(`${failure.reason} Rolling back.`, {
    rollout: { state: 'running' },
    stages: [
      {
        id: stage.id,
        from: stage.state,
        state: 'rolling_back',
        reason: failure.reason,
        evidence: failure.evidence,
        progressAt: after(now, durationMs(progress)),
        totalAt: after(now, durationMs(total)),
      },
    ],
    targets: stage.targets.flatMap((target): TargetWrite[] => {
      if (stage.spec.waves !== undefined) return takenBack(target, rollout.releaseId, failure.reason)
      if (isBegun(target))
        return [
          {
            id: target.id,
            from: target.state,
            state: 'rolling_back',
            message: failure.reason,
            marks: {},
            earlySince: {},
          },
        ]
      return target.state === 'pending' ? [{ id: target.id, from: target.state, state: 'cancelled' }] : []
    }),
    entries: [
      { stage: stage.spec.name, cluster: null, kind: 'rolling_back', message: failure.reason, audit: true },
    ],
  })
}

const needsHold = ({ rollout }: Observation, stage: StageObservation): boolean =>
  !untouched(stage) &&
  (rollout.kind === 'rollback' || stage.state === 'rolling_back' || stage.spec.onFailure === 'hold')

/** The end of a stage that isn't converged, and so of the rollout; what comes later is not reached. */
export function endFailed(
  observation: Observation,
  stage: StageObservation,
  failure: Failure,
  now: Date,
): Decision {
  const expiresAt = after(now, holdMs)
  return move(
    failure.reason,
    {
      rollout: { state: 'failed' },
      stages: [
        { ...ended(stage, 'failed', failure.reason, now), evidence: failure.evidence },
        ...notReached(observation, stage, now),
      ],
      targets: stage.targets.flatMap((target): TargetWrite[] =>
        isTerminal.target(target.state)
          ? []
          : [{ id: target.id, from: target.state, state: 'failed', message: failure.reason }],
      ),
      ...(needsHold(observation, stage)
        ? {
            standing: {
              stage: stage.spec.name,
              hold: { reason: holdWords(observation, failure.reason), expiresAt },
            },
          }
        : {}),
      entries: [
        { stage: stage.spec.name, cluster: null, kind: 'failed', message: failure.reason, audit: true },
      ],
    },
    'settled',
  )
}

export const holdWords = ({ rollout }: Observation, reason: string): string =>
  `Rollout ${rollout.number} (release ${rollout.releaseNumber}): ${reason}`

/** A stage that ends otherwise: nobody answered, a person said no. */
export function endStage(
  observation: Observation,
  stage: StageObservation,
  end: { readonly state: StageState & RolloutState; readonly reason: string },
  now: Date,
): Decision {
  return move(
    end.reason,
    {
      rollout: { state: end.state },
      stages: [ended(stage, end.state, end.reason, now), ...notReached(observation, stage, now)],
      targets: stage.targets
        .filter(({ state }) => !isTerminal.target(state))
        .map(({ id, state }) => ({ id, from: state, state: 'cancelled', message: end.reason })),
      entries: [{ stage: stage.spec.name, cluster: null, kind: end.state, message: end.reason, audit: true }],
    },
    'settled',
  )
}

const ended = (stage: StageObservation, state: StageState, reason: string, now: Date): StageWrite => ({
  id: stage.id,
  from: stage.state,
  state,
  reason,
  finishedAt: now,
  progressAt: null,
  totalAt: null,
})

export const notReached = (observation: Observation, stage: StageObservation, now: Date): StageWrite[] =>
  observation.stages
    .filter(({ position, state }) => position > stage.position && !isTerminal.stage(state))
    .map((later) => ended(later, 'skipped', `Stage ${stage.spec.name} did not converge.`, now))
