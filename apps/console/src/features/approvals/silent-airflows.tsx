import { StatusMark } from '@fairlead/ui/status-mark'
import { TextLink } from '@fairlead/ui/text-link'
import { connectionHref } from '@/features/airflow/addresses'
import { faultOf } from '@/live/fault'
import type { HumanTasksAsked } from './use-human-tasks'

/** An inbox that looks empty because somebody can't be asked would mislead. */
export function SilentAirflows({ silent }: Pick<HumanTasksAsked, 'silent'>) {
  if (silent.length === 0) return null
  return (
    <ul aria-label="Airflows that can’t be asked" className="mb-4 space-y-1.5">
      {silent.map(({ connection, error }) => (
        <li
          key={connection}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-dashed border-line-strong bg-sunken px-3 py-2 text-sm"
        >
          <StatusMark tone="unknown" word="Unknown" />
          <span>
            What the Airflow <TextLink href={connectionHref(connection)}>{connection}</TextLink> asks people.
          </span>
          <span className="min-w-0 text-muted">{faultOf(error).message}</span>
        </li>
      ))}
    </ul>
  )
}
