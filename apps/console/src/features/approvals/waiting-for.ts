import type { ExceptionView } from '@fairlead/contracts/freeze'
import type { ApprovalItem } from '@fairlead/contracts/rollout'
import type { TaskApprovalItem } from '@fairlead/contracts/workflow'

/** How many stages of rollouts the reader can decide. */
export const waitingFor = (items: readonly ApprovalItem[]): number =>
  items.filter(({ requirement }) => requirement.mine.passed).length

/** How many tasks of workflows the reader can decide. */
export const tasksWaitingFor = (items: readonly TaskApprovalItem[]): number =>
  items.filter(({ approval }) => approval.mine.passed).length

/** How many exceptions from freeze windows the reader can confirm or review. */
export const exceptionsWaitingFor = (items: readonly ExceptionView[]): number =>
  items.filter(({ state, mine }) =>
    state === 'waiting' ? mine.decide.passed : state === 'to_review' && mine.review.passed,
  ).length
