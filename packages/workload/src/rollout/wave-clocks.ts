import { isTerminal } from '@fairlead/contracts/rollout-states'
import type { TargetWrite } from './decision'
import type { StageObservation } from './observation'

/** The clocks of its targets stood still, their bakes too: what was left then is left now. */
export function laterTargets(stage: StageObservation, lostMs: number): TargetWrite[] {
  if (stage.spec.waves === undefined) return []
  const later = (date: Date): Date => new Date(date.getTime() + lostMs)
  return stage.targets.flatMap((target): TargetWrite[] => {
    const { id, state, startedAt, progressAt, unreachableAt, convergedAt } = target
    if (isTerminal.target(state) || (startedAt === null && unreachableAt === null)) return []
    return [
      {
        id,
        from: state,
        ...(startedAt === null ? {} : { startedAt: later(startedAt) }),
        ...(progressAt === null ? {} : { progressAt: later(progressAt) }),
        ...(unreachableAt === null ? {} : { unreachableAt: later(unreachableAt) }),
        ...(state === 'baking' && convergedAt !== null ? { convergedAt: later(convergedAt) } : {}),
      },
    ]
  })
}
