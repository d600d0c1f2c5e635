import type { ClearPlan } from '@fairlead/contracts/workflow'
import { cn } from '@fairlead/ui/cn'
import { Skeleton } from '@fairlead/ui/skeleton'
import { Lock, OctagonX } from 'lucide-react'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { clearedGroups, type ClearedGroup } from './cleared-groups'
import { TaskStateMark } from '@/features/workflows/states'
import { tallyOf, tallyText } from './tally'

type ClearPreviewProps = { plan: ClearPlan | undefined; error: unknown; stale: boolean }

/** Exactly what would be reset, and what of it runs now. */
export function ClearPreview({ plan, error, stale }: ClearPreviewProps) {
  if (error) {
    return (
      <p role="alert" className="self-start rounded-md bg-fail-soft px-3 py-2 text-sm text-fail">
        <FaultText error={error} />
      </p>
    )
  }
  if (plan === undefined)
    return (
      <div role="status" aria-label="Working out what would be reset" className="space-y-2">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-24" />
      </div>
    )
  const groups = clearedGroups(plan.tasks)
  return (
    <section
      aria-label="What would be reset"
      aria-busy={stale}
      className={cn('min-w-0', stale && 'grayscale')}
    >
      <p role="status" className="flex min-h-7 items-center text-sm font-medium">
        {headline(plan, groups.length)}
      </p>
      {plan.blocked ? (
        <p className="mb-2 flex items-start gap-1.5 rounded-md bg-progress-soft px-3 py-2 text-sm text-progress">
          <Lock aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {plan.blocked}
        </p>
      ) : null}
      {plan.stops > 0 ? (
        <p className="mb-2 flex items-start gap-1.5 rounded-md bg-fail-soft px-3 py-2 text-sm text-fail">
          <OctagonX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {plan.stops.toLocaleString('en')}{' '}
          {plan.stops === 1 ? 'attempt that runs now is' : 'attempts that run now are'} stopped.
        </p>
      ) : null}
      {groups.length > 0 ? (
        <ul className="max-h-72 overflow-y-auto rounded-md border border-line">
          {groups.map((group) => (
            <li
              key={group.id}
              className="flex flex-wrap items-center justify-between gap-x-3 border-t border-line px-2.5 py-1.5 first:border-t-0"
            >
              <span className="min-w-0 font-mono text-xs break-all">{group.id}</span>
              <Standing group={group} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function Standing({ group }: { group: ClearedGroup }) {
  if (group.size === 0) return group.state ? <TaskStateMark state={group.state} className="text-xs" /> : null
  return (
    <span className="text-xs text-muted" title={tallyText(tallyOf(group.indexes))}>
      {group.size.toLocaleString('en')} {group.size === 1 ? 'index' : 'indexes'}
      {group.state === null ? '' : ' and the task itself'}: {tallyText(tallyOf(group.indexes))}
    </span>
  )
}

function headline({ tasks, version }: ClearPlan, groups: number): string {
  if (tasks.length === 0) return 'Nothing would be reset'
  const rows = tasks.length === groups ? '' : `, ${tasks.length.toLocaleString('en')} with their indexes`
  return `${groups} ${groups === 1 ? 'task is' : 'tasks are'} reset${rows}, on version ${version}`
}
