import type { TaskInstanceRow } from '@fairlead/contracts/airflow'
import { cn } from '@fairlead/ui/cn'
import { Skeleton } from '@fairlead/ui/skeleton'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { AirflowStateMark } from '../states'
import { instanceName } from './instance-name'

type ClearPreviewProps = { tasks: readonly TaskInstanceRow[] | undefined; error: unknown; stale: boolean }

/** Airflow's dry run. */
export function ClearPreview({ tasks, error, stale }: ClearPreviewProps) {
  if (error)
    return (
      <p role="alert" className="self-start rounded-md bg-fail-soft px-3 py-2 text-sm text-fail">
        <FaultText error={error} />
      </p>
    )
  if (tasks === undefined)
    return (
      <div role="status" aria-label="Asking Airflow what would be cleared" className="space-y-2">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-24" />
      </div>
    )
  return (
    <section
      aria-label="What would be cleared"
      aria-busy={stale}
      className={cn('min-w-0', stale && 'grayscale')}
    >
      <p role="status" className="flex min-h-7 items-center text-sm font-medium">
        {tasks.length === 0
          ? 'Nothing would be cleared'
          : `${tasks.length.toLocaleString('en')} ${tasks.length === 1 ? 'is' : 'are'} cleared, by Airflow’s dry run`}
      </p>
      {tasks.length > 0 ? (
        <ul
          tabIndex={0}
          aria-label="Cleared"
          className="max-h-72 overflow-y-auto rounded-md border border-line"
        >
          {tasks.map((each) => (
            <li
              key={instanceName(each)}
              className="flex flex-wrap items-center justify-between gap-x-3 border-t border-line px-2.5 py-1.5 first:border-t-0"
            >
              <span className="min-w-0 font-mono text-xs break-all">{instanceName(each)}</span>
              <AirflowStateMark state={each.state} className="text-xs" />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
