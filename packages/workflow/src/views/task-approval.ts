import type { TaskApprovalView } from '@fairlead/contracts/workflow'
import type { Actor } from '@fairlead/kernel/context'
import { mayDecide } from '../verbs/may-decide'
import type { ApproverRoles } from '../run/approver-roles'
import type { PendingApproval } from './pending'

export interface GivenDecision {
  readonly digest: string
  readonly userId: string
  readonly userName: string
  readonly decision: string
  readonly reason: string
  readonly at: Date
}

export interface TaskApprovalFacts {
  readonly approval: PendingApproval
  readonly projectId: string
  readonly requesterId: string
  /** Of this task; those about another digest are left out. */
  readonly given: readonly GivenDecision[]
  readonly people: ApproverRoles
  readonly now: Date
}

/** What an awaiting task asks for, what was given for these very inputs, and whether this viewer may decide. */
export function taskApproval(facts: TaskApprovalFacts, actor: Actor): TaskApprovalView {
  const { approval, projectId, requesterId, people } = facts
  const given = facts.given.filter(({ digest }) => digest === approval.digest)
  const counted = given.filter(
    ({ decision, userId }) =>
      decision === 'approved' &&
      !(approval.excludeRequester && userId === requesterId) &&
      people.holds(userId, projectId, approval.roles),
  )
  return {
    digest: approval.digest,
    message: approval.message,
    quorum: approval.quorum,
    roles: approval.roles,
    excludeRequester: approval.excludeRequester,
    expiresAt: approval.expiresAt,
    given: given.map(({ userName, decision, reason, at }) => ({
      user: userName,
      decision: decision === 'rejected' ? 'rejected' : 'approved',
      reason,
      at: at.toISOString(),
    })),
    remaining: Math.max(0, approval.quorum - counted.length),
    mine: mine(facts, given, actor),
  }
}

function mine(
  { approval, projectId, requesterId, now }: TaskApprovalFacts,
  given: readonly GivenDecision[],
  actor: Actor,
): TaskApprovalView['mine'] {
  const decision = mayDecide(actor, { projectId, requesterId, approval })
  if (!decision.passed) return { passed: false, reason: decision.reason }
  if (now.getTime() >= Date.parse(approval.expiresAt))
    return { passed: false, reason: 'The request expired.' }
  if (given.some(({ userId, decision: earlier }) => userId === actor.id && earlier === 'approved'))
    return { passed: false, reason: 'You approved this already.' }
  return { passed: true, reason: null }
}
