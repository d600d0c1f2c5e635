import type { Decision } from '@fairlead/contracts/decision'
import { FairleadError } from '@fairlead/contracts/errors'
import { holds, permissions } from '@fairlead/contracts/permissions'
import {
  isTerminal,
  rolloutActions,
  rolloutStates,
  stageStates,
  type RolloutAction,
  type RolloutState,
  type StageState,
} from '@fairlead/contracts/rollout-states'
import type { Actor } from '@fairlead/kernel/context'

export interface ActionFacts {
  readonly state: RolloutState
  readonly paused: boolean
  readonly projectId: string
  readonly stages: readonly { readonly state: StageState; readonly inWaves: boolean }[]
}

const inWaves = ({ stages }: ActionFacts): boolean =>
  stages.find(({ state }) => !isTerminal.stage(state))?.inWaves === true

const no = (reason: string): Decision => ({ passed: false, reason })

/** Where the rollout is: its first open stage, or for an ended one its last that was reached. */
export const standsAt = ({ stages }: ActionFacts): StageState | undefined =>
  stages.find(({ state }) => !isTerminal.stage(state))?.state ??
  stages.findLast(({ state }) => state !== 'skipped')?.state

/** What the table in contracts says about one action now, with the reason when it says no. */
export function mayAct(
  action: RolloutAction,
  facts: ActionFacts,
  actor: Pick<Actor, 'memberships'>,
): Decision {
  const { word, permission, from } = rolloutActions[action]
  if (!holds(actor.memberships, permission, { kind: 'project', projectId: facts.projectId }))
    return no(`You may not ${permissions[permission]} in this project.`)
  const at = standsAt(facts)
  if (at === undefined) return no('The rollout has no stage.')
  if (action === 'rollback') {
    const reached = facts.stages.some(({ state }) => (from as readonly StageState[]).includes(state))
    return reached ? { passed: true } : no('Nothing of it was applied.')
  }
  if (isTerminal.rollout(facts.state))
    return no(`The rollout has ended: ${rolloutStates[facts.state].word.toLowerCase()}.`)
  if (action === 'pause' && facts.paused) return no('It is paused already.')
  if (action === 'resume' && !facts.paused) return no('It is not paused.')
  if ((action === 'halt' || action === 'rollbackWaves') && !inWaves(facts))
    return no('The stage has no waves.')
  if (!(from as readonly StageState[]).includes(at))
    return no(`${word} is not possible while the stage is ${stageStates[at].word.toLowerCase()}.`)
  return { passed: true }
}

export function requireAction(
  action: RolloutAction,
  facts: ActionFacts,
  actor: Pick<Actor, 'memberships'>,
): void {
  const decision = mayAct(action, facts, actor)
  if (!decision.passed)
    throw new FairleadError('conflict', decision.reason, { path: 'rollout', found: facts.state })
}
