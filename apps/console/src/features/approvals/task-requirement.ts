import type { ApprovalRequirement } from '@fairlead/contracts/rollout'
import type { TaskApprovalView } from '@fairlead/contracts/workflow'

/** A task's approval in the words of a stage's. What was given for an earlier digest is not among it. */
export const requirementOf = (approval: TaskApprovalView): ApprovalRequirement => ({
  quorum: approval.quorum,
  roles: approval.roles,
  excludeRequester: approval.excludeRequester,
  expiresAt: approval.expiresAt,
  remaining: approval.remaining,
  mine: approval.mine,
  given: approval.given.map((each) => ({ ...each, stale: false })),
})
