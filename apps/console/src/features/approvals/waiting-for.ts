import type { ApprovalItem } from '@fairlead/contracts/rollout'
import type { TaskApprovalItem } from '@fairlead/contracts/workflow'

/** How many stages of rollouts the reader can decide. */
export const waitingFor = (items: readonly ApprovalItem[]): number =>
  items.filter(({ requirement }) => requirement.mine.passed).length

/** How many tasks of workflows the reader can decide. */
export const tasksWaitingFor = (items: readonly TaskApprovalItem[]): number =>
  items.filter(({ approval }) => approval.mine.passed).length
