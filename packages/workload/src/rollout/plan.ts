import { isTerminal, type StageState } from '@fairlead/contracts/rollout-states'
import { planTrial } from '../trial/plan-trial'
import { act, after, move, wait, type Action, type Decision } from './decision'
import type { Observation, StageObservation } from './observation'
import { planAwaiting, planPending, planPlanning } from './plan-before'
import { planAwaitingWindow, planPreparing, planVerifying } from './plan-gates'
import { planApplying, planProgressing } from './plan-rolling'
import { planRollingBack } from './plan-rollback'
import { planWaves } from './plan-waves'
import { heedWindow, holdOrRelease } from './plan-window'

/** The stage that moves now: the first that hasn't ended. */
export const currentStage = (observation: Observation): StageObservation | undefined =>
  observation.stages.find(({ state }) => !isTerminal.stage(state))

/** Something of it is in its clusters: it is still looked at while paused, and a word that ends a step's pause counts. */
export const isUnderWay = (state: StageState): boolean =>
  state === 'trial' || state === 'progressing' || state === 'halted' || state === 'rolling_back'

/** Total and pure: what to do next about a rollout, from what is known of it now. */
export function planRollout(observation: Observation, now: Date): Decision {
  const { rollout } = observation
  if (isTerminal.rollout(rollout.state)) return tidyUp(observation, now)
  const stage = currentStage(observation)
  if (stage === undefined) return close(observation)
  if (rollout.paused && !isUnderWay(stage.state))
    return wait(after(now, 60_000), 'Paused by a person; nothing moves on.')
  return holdOrRelease(observation, stage, now) ?? heedWindow(stage, planStage(observation, stage, now), now)
}

function planStage(observation: Observation, stage: StageObservation, now: Date): Decision {
  switch (stage.state) {
    case 'pending':
      return planPending(observation, stage, now)
    case 'planning':
      return planPlanning(observation, stage, now)
    case 'awaiting_approval':
      return planAwaiting(observation, stage, now)
    case 'awaiting_window':
      return planAwaitingWindow(observation, stage, now)
    case 'preparing':
      return planPreparing(observation, stage, now)
    case 'trial':
      return planTrial(observation, stage, now)
    case 'applying':
      return planApplying(observation, stage, now)
    case 'progressing':
      return stage.spec.waves === undefined
        ? planProgressing(observation, stage, now)
        : planWaves(observation, stage, now)
    case 'halted':
      return planWaves(observation, stage, now)
    case 'verifying':
      return planVerifying(observation, stage, now)
    case 'rolling_back':
      return planRollingBack(observation, stage, now)
    default:
      return close(observation)
  }
}

/** An ended rollout decides nothing any more; only a pause that it left in a cluster is lifted. */
function tidyUp(observation: Observation, now: Date): Decision {
  if (!observation.rollout.paused) return move('The rollout has ended.', {}, 'settled')
  const targets = observation.stages.flatMap(({ targets: all }) => all)
  const unseen = targets.filter(({ live }) => live !== null && !live.reachable)
  const actions = targets.flatMap(({ id, live }): Action[] => {
    const held = live !== null && live.reachable ? live.workloads.filter((workload) => workload.held) : []
    return held.length === 0 ? [] : [{ kind: 'release', targetId: id, workloads: held.map(({ key }) => key) }]
  })
  if (actions.length > 0) return act(actions, 'Lifting the pause.')
  if (unseen.length > 0)
    return wait(
      after(now, 5_000),
      `Lifting the pause waits for ${unseen.map(({ cluster }) => cluster).join(', ')}.`,
    )
  return move('The pause is lifted.', { rollout: { paused: false } }, 'settled')
}

/** Every stage has ended but the rollout hasn't: record writes both at once, so only a hand in the database does this. */
function close({ stages }: Observation): Decision {
  const states = new Set(stages.map(({ state }) => state))
  const end = (['failed', 'rolled_back', 'superseded', 'cancelled'] as const).find((state) =>
    states.has(state),
  )
  const state = end ?? (states.has('rejected') ? 'cancelled' : 'succeeded')
  return move('Every stage has ended.', { rollout: { state } }, 'settled')
}
