import type { ApprovalRequirement, StagePlan } from '@fairlead/contracts/rollout'

export type Decision = 'approve' | 'reject'

/** The stage of a rollout that waits, and the plan that is decided. */
export type DecideProps = {
  rollout: { readonly id: string; readonly number: number; readonly application: string }
  stage: string
  plan: StagePlan
  requirement: ApprovalRequirement
}
