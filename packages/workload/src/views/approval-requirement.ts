import { durationMs, type StageSpec } from '@fairlead/contracts/application'
import type { ApprovalRequirement, ApprovalView } from '@fairlead/contracts/rollout'
import type { Actor } from '@fairlead/kernel/context'
import { mayDecide } from '../application/may-decide'

export interface ApprovalFacts {
  readonly spec: StageSpec
  readonly kind: string
  readonly state: string
  readonly projectId: string
  readonly requesterId: string
  readonly planDigest: string | null
  readonly planRequestedAt: Date | null
  /** People whose approval still counts: enabled and in a role of the stage. */
  readonly eligible: ReadonlySet<string>
  readonly approvals: readonly {
    readonly userId: string
    readonly userName: string
    readonly decision: string
    readonly reason: string
    readonly at: Date
    readonly planDigest: string
  }[]
}

/** What the stage asks for, what was given, and whether this viewer may decide; null where no approval is needed. */
export function approvalRequirement(facts: ApprovalFacts, actor: Actor): ApprovalRequirement | null {
  const { approval } = facts.spec
  if (approval === undefined || facts.kind === 'rollback') return null
  const waiting = facts.state === 'awaiting_approval'
  // Once a stage has ended, what was approved then stays approved.
  const counts = (userId: string): boolean =>
    (!approval.excludeRequester || userId !== facts.requesterId) && (!waiting || facts.eligible.has(userId))
  const given = facts.approvals.map((row): ApprovalView => ({
    user: row.userName,
    decision: row.decision === 'rejected' ? 'rejected' : 'approved',
    reason: row.reason,
    at: row.at.toISOString(),
    stale: row.planDigest !== facts.planDigest || !counts(row.userId),
  }))
  const valid = given.filter(({ decision, stale }) => decision === 'approved' && !stale).length
  return {
    quorum: approval.quorum,
    roles: approval.roles,
    excludeRequester: approval.excludeRequester,
    expiresAt:
      waiting && facts.planRequestedAt !== null
        ? new Date(facts.planRequestedAt.getTime() + durationMs(approval.expires)).toISOString()
        : null,
    given,
    remaining: Math.max(0, approval.quorum - valid),
    mine: mine(facts, actor),
  }
}

function mine(facts: ApprovalFacts, actor: Actor): ApprovalRequirement['mine'] {
  const { approval } = facts.spec
  if (approval === undefined || facts.state !== 'awaiting_approval')
    return { passed: false, reason: 'The stage is not waiting for an approval.' }
  const decision = mayDecide(actor, { ...facts, approval })
  if (!decision.passed) return { passed: false, reason: decision.reason }
  const already = facts.approvals.some(
    ({ userId, planDigest, decision: given }) =>
      userId === actor.id && planDigest === facts.planDigest && given === 'approved',
  )
  return already
    ? { passed: false, reason: 'You approved this plan already.' }
    : { passed: true, reason: null }
}
