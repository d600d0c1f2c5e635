import type { Decision } from '@fairlead/contracts/decision'
import { FairleadError } from '@fairlead/contracts/errors'
import { holds, permissions } from '@fairlead/contracts/permissions'
import { runActions, runStates, type RunAction, type RunState } from '@fairlead/contracts/workflow-states'
import type { Actor } from '@fairlead/kernel/context'

export interface ActionFacts {
  readonly projectId: string
  readonly state: RunState
}

const no = (reason: string): Decision => ({ passed: false, reason })

/** What the table in contracts says about one action now, with the reason when it says no. */
export function mayAct(action: RunAction, facts: ActionFacts, actor: Pick<Actor, 'memberships'>): Decision {
  const { word, permission, from } = runActions[action]
  if (!holds(actor.memberships, permission, { kind: 'project', projectId: facts.projectId }))
    return no(`You may not ${permissions[permission]} in this project.`)
  if ((from as readonly RunState[]).includes(facts.state)) return { passed: true }
  const { word: state, terminal } = runStates[facts.state]
  return terminal
    ? no(`The run has ended: ${state.toLowerCase()}.`)
    : no(`${word} is not possible while the run is ${state.toLowerCase()}.`)
}

export function requireAction(
  action: RunAction,
  facts: ActionFacts,
  actor: Pick<Actor, 'memberships'>,
): void {
  const decision = mayAct(action, facts, actor)
  if (!decision.passed)
    throw new FairleadError('conflict', decision.reason, { path: 'run', found: facts.state })
}

/** A decision as screens take it. */
export const shown = (decision: Decision): { passed: boolean; reason: string | null } => ({
  passed: decision.passed,
  reason: decision.passed ? null : decision.reason,
})
