import { move, type Decision } from './decision'
import type { Observation, StageObservation } from './observation'

export function convergeStage(
  observation: Observation,
  stage: StageObservation,
  now: Date,
  words?: string,
): Decision {
  const { rollout } = observation
  const last = !observation.stages.some(({ position }) => position > stage.position)
  const convergeMs = stage.startedAt === null ? null : now.getTime() - stage.startedAt.getTime()
  const reason = words ?? 'Every target runs this release.'
  return move(
    reason,
    {
      rollout: { state: last ? 'succeeded' : 'running' },
      stages: [
        {
          id: stage.id,
          from: stage.state,
          state: 'converged',
          reason,
          finishedAt: now,
          progressAt: null,
          totalAt: null,
          ...(stage.plan === null ? {} : { plan: stage.plan }),
        },
      ],
      targets: stage.targets
        .filter(({ state }) => state === 'pending')
        .map(({ id, state }) => ({ id, from: state, state: 'converged', message: reason, convergedAt: now })),
      standing: { stage: stage.spec.name, verified: { releaseId: rollout.releaseId, convergeMs } },
      entries: [{ stage: stage.spec.name, cluster: null, kind: 'converged', message: reason, audit: true }],
    },
    last ? 'settled' : 'again',
  )
}
