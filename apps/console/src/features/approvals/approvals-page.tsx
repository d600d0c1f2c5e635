'use client'

import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { useQuery } from '@tanstack/react-query'
import { Inbox } from 'lucide-react'
import { useMemo } from 'react'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { ApprovalDetail } from './approval-detail'
import { ApprovalRow } from './approval-row'
import { ExceptionDetail } from './exception-detail'
import { HumanTaskDetail } from './human-task-detail'
import { inboxOf, type InboxItem } from './inbox'
import { SilentAirflows } from './silent-airflows'
import { TaskApprovalDetail } from './task-approval-detail'
import { useHumanTasks } from './use-human-tasks'

/** One inbox for pipelines, workflows and Airflow: mine first, then those that wait for others, the oldest first in each. */
export function ApprovalsPage() {
  const trpc = useTRPC()
  const rollouts = useQuery(trpc.approval.list.queryOptions({}))
  const tasks = useQuery(trpc.run.approvals.queryOptions({}))
  const exceptions = useQuery(trpc.exception.list.queryOptions({}))
  const { items: humans, silent, settled } = useHumanTasks()
  const items = useMemo(
    () => inboxOf({ rollouts: rollouts.data, tasks: tasks.data, exceptions: exceptions.data, humans }),
    [rollouts.data, tasks.data, exceptions.data, humans],
  )
  const failed = [rollouts, tasks, exceptions].find(({ isError, data }) => isError && data === undefined)
  const loaded = [rollouts, tasks, exceptions].every(({ data }) => data !== undefined)
  return (
    <>
      <PageHeader title="Approvals" description={loaded ? countText(items) : undefined} />
      {failed ? (
        <div className="mb-4">
          <FaultState
            what={
              failed === tasks
                ? 'The approvals of workflows could not be loaded.'
                : failed === exceptions
                  ? 'Exceptions from freeze windows could not be loaded.'
                  : 'The approvals of rollouts could not be loaded.'
            }
            error={failed.error}
            right="project.view"
            onRetry={() => void failed.refetch()}
            retrying={failed.isFetching}
          />
        </div>
      ) : null}
      <SilentAirflows silent={silent} />
      {items.length > 0 ? (
        <ApprovalInbox items={items} />
      ) : loaded && settled ? (
        <NothingWaits />
      ) : failed ? null : (
        <div role="status" aria-label="Loading" className="grid gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
          <CardSkeleton lines={6} />
          <CardSkeleton lines={12} className="max-lg:hidden" />
        </div>
      )}
    </>
  )
}

function countText(items: readonly InboxItem[]): string {
  const mine = items.filter((item) => item.mine).length
  return `${mine} ${mine === 1 ? 'waits' : 'wait'} for you, ${items.length - mine} for others`
}

function ApprovalInbox({ items }: { items: readonly InboxItem[] }) {
  const [params, setParams] = useUrlParams()
  const asked = params.get('item')
  const found = items.findIndex(({ key }) => key === asked)
  const at = found === -1 ? 0 : found
  const open = items[at]
  const step = (by: number) => {
    const next = items[at + by]
    if (!next) return
    setParams({ item: next.key })
    document.getElementById(`approval-${next.key}`)?.scrollIntoView({ block: 'nearest' })
  }
  useHotkey('j', () => step(1), { description: 'Next approval' })
  useHotkey('k', () => step(-1), { description: 'Previous approval' })
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <ul
        aria-label="Waiting for approval"
        className="overflow-hidden rounded-lg border border-line bg-surface max-lg:max-h-64 max-lg:overflow-y-auto lg:sticky lg:top-16 lg:max-h-[calc(100dvh-9rem)] lg:overflow-y-auto"
      >
        {items.map((item) => (
          <ApprovalRow key={item.key} item={item} current={item === open} />
        ))}
      </ul>
      {open ? <Detail key={open.key} item={open} /> : null}
    </div>
  )
}

function Detail({ item }: { item: InboxItem }) {
  if (item.kind === 'rollout') return <ApprovalDetail item={item.rollout} />
  if (item.kind === 'task') return <TaskApprovalDetail item={item.task} />
  if (item.kind === 'airflow') return <HumanTaskDetail item={item.human} />
  return <ExceptionDetail exception={item.exception} />
}

const NothingWaits = () => (
  <EmptyState
    title="Nothing waits for an approval"
    icon={<Inbox aria-hidden />}
    command="fairlead rollout list"
    className="rounded-lg border border-line bg-surface"
  >
    A stage with an <code className="font-mono text-xs">approval</code> in its application document stops here
    first, with its plan; so does an approval task of a workflow, with its inputs. Each goes on when enough
    people have approved exactly that. What a task of a connected Airflow asks people stands here, too.
  </EmptyState>
)
