import type { MayDo } from '@fairlead/contracts/freeze'
import { exceptionStateAt, exceptionStates, type ExceptionState } from '@fairlead/contracts/freeze-states'
import { holds, permissions, type Permission } from '@fairlead/contracts/permissions'
import type { Actor } from '@fairlead/kernel/context'
import { scopeOfSubject } from './subject'

export interface ExceptionFacts {
  readonly projectId: string | null
  readonly state: string
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly requesterId: string
  readonly requesterName: string
  readonly deciderId: string | null
  readonly deciderName: string | null
}

const no = (reason: string): MayDo => ({ passed: false, reason })
const yes: MayDo = { passed: true, reason: null }

/** Buttons and verbs ask the same: who may still do what with an exception, and if not, why. */
export function mayDecide(facts: ExceptionFacts, actor: Actor, now: Date): MayDo {
  if (stateOf(facts, now) !== 'waiting') return no(over(facts, now))
  if (facts.requesterId === actor.id)
    return no('Nobody confirms an exception that they asked for: a second person must.')
  return withRight(facts, actor, 'freeze.confirm')
}

export function mayWithdraw(facts: ExceptionFacts, actor: Actor, now: Date): MayDo {
  const state = stateOf(facts, now)
  if (state !== 'waiting' && state !== 'active') return no(over(facts, now))
  const own = facts.requesterId === actor.id || facts.deciderId === actor.id
  return own ? yes : no(`${facts.requesterName} asked for it, and can withdraw it.`)
}

export function mayReview(facts: ExceptionFacts, actor: Actor, now: Date): MayDo {
  const state = stateOf(facts, now)
  if (state === 'active') return no('It is in force: it is reviewed once it has run out.')
  if (state !== 'to_review') return no(over(facts, now))
  if (facts.requesterId === actor.id || facts.deciderId === actor.id)
    return no(
      `${facts.requesterName} asked for it and ${facts.deciderName ?? ''} confirmed it: somebody else reviews it.`,
    )
  return withRight(facts, actor, 'freeze.confirm')
}

export const stateOf = (facts: ExceptionFacts, now: Date): ExceptionState => exceptionStateAt(facts, now)

const over = (facts: ExceptionFacts, now: Date): string =>
  `The exception is past that: ${exceptionStates[stateOf(facts, now)].word.toLowerCase()}.`

function withRight(facts: ExceptionFacts, actor: Actor, permission: Permission): MayDo {
  if (holds(actor.memberships, permission, scopeOfSubject(facts))) return yes
  const where = facts.projectId === null ? 'on this installation' : 'in this project'
  return no(`You may not ${permissions[permission]} ${where}.`)
}
