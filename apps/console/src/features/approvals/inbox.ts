import type { ExceptionView } from '@fairlead/contracts/freeze'
import type { ApprovalItem } from '@fairlead/contracts/rollout'
import type { TaskApprovalItem } from '@fairlead/contracts/workflow'
import type { HumanTaskItem } from './use-human-tasks'

/** One thing that waits for people, whichever pipeline or workflow asks. */
export type InboxItem = {
  readonly key: string
  readonly requestedAt: string
  /** Whether the viewer may decide it. */
  readonly mine: boolean
} & (
  | { readonly kind: 'rollout'; readonly rollout: ApprovalItem }
  | { readonly kind: 'task'; readonly task: TaskApprovalItem }
  | { readonly kind: 'exception'; readonly exception: ExceptionView }
  | { readonly kind: 'airflow'; readonly human: HumanTaskItem }
)

const ofRollout = (item: ApprovalItem): InboxItem => ({
  kind: 'rollout',
  key: `${item.rollout.id}:${item.stage}`,
  requestedAt: item.requestedAt,
  mine: item.requirement.mine.passed,
  rollout: item,
})

const ofTask = (item: TaskApprovalItem): InboxItem => ({
  kind: 'task',
  key: `${item.run.id}:${item.task}${item.index < 0 ? '' : `:${item.index}`}`,
  requestedAt: item.requestedAt,
  mine: item.approval.mine.passed,
  task: item,
})

const ofException = (item: ExceptionView): InboxItem => ({
  kind: 'exception',
  key: item.id,
  requestedAt: item.requestedAt,
  mine: item.state === 'waiting' ? item.mine.decide.passed : item.mine.review.passed,
  exception: item,
})

const ofHuman = (item: HumanTaskItem): InboxItem => {
  const { dag, run, task, mapIndex, askedAt } = item.task
  return {
    kind: 'airflow',
    key: [item.connection, dag, run, task, mapIndex].join(':'),
    // With an offset where the others have a Z: they stand in one order.
    requestedAt: new Date(askedAt).toISOString(),
    mine: item.mine.passed,
    human: item,
  }
}

/** Exceptions that wait for a second person, or for a third one's review. */
const isOpen = ({ state }: ExceptionView): boolean => state === 'waiting' || state === 'to_review'

export interface InboxSources {
  readonly rollouts?: readonly ApprovalItem[] | undefined
  readonly tasks?: readonly TaskApprovalItem[] | undefined
  readonly exceptions?: readonly ExceptionView[] | undefined
  readonly humans?: readonly HumanTaskItem[] | undefined
}

/** Mine first, then those that wait for others; by age in each. */
export function inboxOf({
  rollouts = [],
  tasks = [],
  exceptions = [],
  humans = [],
}: InboxSources): readonly InboxItem[] {
  const items = [
    ...rollouts.map(ofRollout),
    ...tasks.map(ofTask),
    ...exceptions.filter(isOpen).map(ofException),
    ...humans.map(ofHuman),
  ]
  return items.sort(
    (one, other) =>
      Number(other.mine) - Number(one.mine) ||
      one.requestedAt.localeCompare(other.requestedAt) ||
      one.key.localeCompare(other.key),
  )
}
