import type { Comparison, SchedulingExplanation } from '@fairlead/contracts/pod-why'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'

const marks = {
  agree: { tone: 'ok', word: 'Agrees with the scheduler' },
  differ: { tone: 'waiting', word: 'Differs from the scheduler' },
  nothing_to_compare: { tone: 'unknown', word: 'Not compared' },
} as const

/** What kube-scheduler last said beside what Fairlead finds now, with every count that differs. */
export function SchedulerComparison({ scheduling }: { scheduling: SchedulingExplanation }) {
  const { comparison, message } = scheduling
  const { verdict, scheduler, differences } = comparison
  if (scheduler === null)
    return (
      <p className="border-t border-line px-4 py-2.5 text-sm text-muted">
        The scheduler has said nothing of it yet.
      </p>
    )
  return (
    <div className="border-t border-line px-4 py-3 text-sm">
      <p className="flex flex-wrap items-center gap-x-3">
        <StatusMark tone={marks[verdict].tone} word={marks[verdict].word} />
        {scheduler.at === null ? null : (
          <span className="text-xs text-faint">
            its last word: <RelativeTime at={scheduler.at} />
          </span>
        )}
      </p>
      <dl className="mt-2 grid gap-x-3 gap-y-1 text-xs md:grid-cols-[6rem_minmax(0,1fr)]">
        <dt className="text-muted">Scheduler</dt>
        <dd className="font-mono break-words">{scheduler.message}</dd>
        {message === '' ? null : (
          <>
            <dt className="text-muted">Fairlead</dt>
            <dd className="font-mono break-words">{message}</dd>
          </>
        )}
      </dl>
      {differences.length > 0 ? <Differences differences={differences} /> : null}
    </div>
  )
}

const counted = (count: number | null): string =>
  count === null ? 'nothing' : count === 0 ? 'of the pod itself' : String(count)

function Differences({ differences }: { differences: Comparison['differences'] }) {
  return (
    <>
      <p className="mt-2 text-xs text-muted">
        The scheduler spoke of the cluster as it was then; this is the cluster as it is now.
      </p>
      <ul className="mt-1 flex flex-col gap-0.5 text-xs">
        {differences.map(({ text, scheduler, fairlead }) => (
          <li key={text} className="min-w-0 break-words">
            {text}: scheduler {counted(scheduler)}, Fairlead {counted(fairlead)}
          </li>
        ))}
      </ul>
    </>
  )
}
