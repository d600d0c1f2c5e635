import type { ExceptionView } from '@fairlead/contracts/freeze'
import type { ApprovalItem } from '@fairlead/contracts/rollout'
import type { TaskApprovalItem } from '@fairlead/contracts/workflow'
import { AppLink } from '@fairlead/ui/app-link'
import { Badge } from '@fairlead/ui/badge'
import { cn } from '@fairlead/ui/cn'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { History, Rocket, ShieldAlert, UserRound, Wind, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { ReleaseTag } from '@/features/rollouts/release-tag'
import { taskName } from '@/features/runs/task-name'
import { Expiry } from './approval-panel'
import { instanceName } from '@/features/airflow/run/instance-name'
import type { InboxItem } from './inbox'
import type { HumanTaskItem } from './use-human-tasks'

type ApprovalRowProps = { item: InboxItem; current: boolean }

export function ApprovalRow({ item, current }: ApprovalRowProps) {
  return (
    <li id={`approval-${item.key}`} className="border-t border-line first:border-t-0">
      <AppLink
        href={`/approvals?item=${encodeURIComponent(item.key)}`}
        aria-current={current ? 'true' : undefined}
        className={cn(
          'block space-y-1 border-l-2 border-transparent px-3 py-2.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2',
          current && 'border-accent bg-selected hover:bg-selected',
        )}
      >
        <Lines item={item} />
      </AppLink>
    </li>
  )
}

function Lines({ item }: { item: InboxItem }) {
  if (item.kind === 'rollout') return <RolloutLines item={item.rollout} />
  if (item.kind === 'task') return <TaskLines item={item.task} />
  if (item.kind === 'airflow') return <HumanLines item={item.human} mine={item.mine} />
  return <ExceptionLines item={item.exception} mine={item.mine} />
}

function ExceptionLines({ item, mine }: { item: ExceptionView; mine: boolean }) {
  return (
    <>
      <span className="flex items-center gap-2">
        <Kind word="Exception from a freeze window" icon={<ShieldAlert aria-hidden />} />
        <span className="min-w-0 truncate font-medium">{item.about}</span>
        <span className="ml-auto shrink-0 text-xs text-muted">
          {item.state === 'waiting' ? 'to confirm' : 'to review'}
        </span>
      </span>
      <span className="block truncate text-xs" title={item.reason}>
        {item.reason}
      </span>
      <Standing
        mine={mine}
        remaining={1}
        stale={false}
        requester={item.requester}
        requestedAt={item.requestedAt}
        expiresAt={null}
      />
    </>
  )
}

function RolloutLines({ item }: { item: ApprovalItem }) {
  const { rollout, stage, requirement, plan } = item
  const [target, ...more] = plan.targets
  return (
    <>
      <span className="flex items-center gap-2">
        <Kind word="Rollout" icon={<Rocket aria-hidden />} />
        <span className="min-w-0 truncate font-medium">{rollout.application}</span>
        <span className="text-muted">#{rollout.number}</span>
        <span className="ml-auto shrink-0 text-xs text-muted">{stage}</span>
      </span>
      <span className="flex items-center gap-2">
        <ReleaseTag release={rollout.release} className="min-w-0 flex-1" />
        {target ? <ClusterMark cluster={target.cluster} href={null} compact className="text-xs" /> : null}
        {more.length > 0 ? <span className="text-xs text-muted">+{more.length}</span> : null}
      </span>
      <Standing
        mine={requirement.mine.passed}
        remaining={requirement.remaining}
        stale={requirement.given.some((given) => given.stale)}
        requester={rollout.requester}
        requestedAt={item.requestedAt}
        expiresAt={requirement.expiresAt}
      />
    </>
  )
}

function TaskLines({ item }: { item: TaskApprovalItem }) {
  const { run, task, index, approval } = item
  return (
    <>
      <span className="flex items-center gap-2">
        <Kind word="Task" icon={<Workflow aria-hidden />} />
        <span className="min-w-0 truncate font-medium">{run.workflow}</span>
        <span className="text-muted">#{run.number}</span>
        <span className="ml-auto min-w-0 shrink-0 truncate text-xs text-muted">{taskName(task, index)}</span>
      </span>
      {approval.message ? (
        <span className="block truncate text-xs" title={approval.message}>
          {approval.message}
        </span>
      ) : null}
      <Standing
        mine={approval.mine.passed}
        remaining={approval.remaining}
        stale={false}
        requester={run.requester}
        requestedAt={item.requestedAt}
        expiresAt={approval.expiresAt}
      />
    </>
  )
}

function HumanLines({ item, mine }: { item: HumanTaskItem; mine: boolean }) {
  const { task, connection } = item
  return (
    <>
      <span className="flex items-center gap-2">
        <Kind word="Task of Airflow" icon={<Wind aria-hidden />} />
        <span className="min-w-0 truncate font-medium">{task.dag}</span>
        <span className="ml-auto min-w-0 shrink-0 truncate text-xs text-muted">{instanceName(task)}</span>
      </span>
      <span className="block truncate text-xs" title={task.subject}>
        {task.subject}
      </span>
      <Standing
        mine={mine}
        remaining={1}
        stale={false}
        requester={`Airflow · ${connection}`}
        requestedAt={task.askedAt}
        expiresAt={null}
      />
    </>
  )
}

/** What asks: a stage of a pipeline, a task of a workflow, or one of Airflow's. */
const Kind = ({ word, icon }: { word: string; icon: ReactNode }) => (
  <span title={word} className="shrink-0 text-faint [&_svg]:size-3.5">
    {icon}
    <span className="sr-only">{word}: </span>
  </span>
)

type StandingProps = {
  mine: boolean
  remaining: number
  stale: boolean
  requester: string
  requestedAt: string
  expiresAt: string | null
}

function Standing({ mine, remaining, stale, requester, requestedAt, expiresAt }: StandingProps) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
      {mine ? (
        <Badge tone="waiting" icon={<UserRound aria-hidden />}>
          waits for you
        </Badge>
      ) : (
        <span>{remaining} still needed</span>
      )}
      {stale ? (
        <Badge tone="progress" icon={<History aria-hidden />}>
          stale
        </Badge>
      ) : null}
      <span>
        {requester}, <RelativeTime at={requestedAt} />
      </span>
      {expiresAt ? (
        <span className="ml-auto">
          <Expiry at={expiresAt} />
        </span>
      ) : null}
    </span>
  )
}
