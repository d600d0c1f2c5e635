'use client'

import type { CalendarEntry } from '@fairlead/contracts/workflow'
import { cn } from '@fairlead/ui/cn'
import { exactText } from '@fairlead/ui/time-text'
import { TextLink } from '@fairlead/ui/text-link'
import { Clock3 } from 'lucide-react'
import { workflowHref } from '../addresses'
import { byDay, timeOf, turnedAt, type CalendarRow } from './by-day'

const shownTimes = 12

type CalendarDaysProps = {
  entries: readonly CalendarEntry[]
  /** Runs whose time is behind are greyed. */
  now: number
  withWorkflow: boolean
}

export function CalendarDays({ entries, now, withWorkflow }: CalendarDaysProps) {
  return (
    <ol aria-label="Coming runs by day" className="overflow-hidden rounded-lg border border-line bg-surface">
      {byDay(entries).map(({ day, rows, runs }) => (
        <li
          key={day}
          className="grid border-t border-line first:border-t-0 sm:grid-cols-[9rem_minmax(0,1fr)]"
        >
          <div className="flex items-baseline gap-2 px-4 pt-2.5 sm:flex-col sm:gap-0 sm:border-r sm:border-line sm:py-2.5">
            <h2 className="text-sm font-semibold">{dayText(day)}</h2>
            <p className="text-xs text-muted">{runs === 1 ? '1 run' : `${runs.toLocaleString('en')} runs`}</p>
          </div>
          <ul className="min-w-0 divide-y divide-line">
            {rows.map((row) => (
              <Row key={`${row.project}/${row.workflow}`} row={row} now={now} withWorkflow={withWorkflow} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function Row({ row, now, withWorkflow }: { row: CalendarRow; now: number; withWorkflow: boolean }) {
  const { project, workflow, entries } = row
  const many = entries.length > shownTimes
  const shown = many
    ? entries.filter(({ note }, index) => note !== null || index < 3 || index === entries.length - 1)
    : entries
  return (
    <li className="flex min-w-0 flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2 text-sm">
      {withWorkflow ? (
        <TextLink
          href={workflowHref({ project, name: workflow }, 'calendar')}
          className="w-56 max-w-full truncate"
        >
          {project}/{workflow}
        </TextLink>
      ) : null}
      <ul className="flex min-w-0 flex-1 flex-wrap gap-x-3 gap-y-1 max-sm:order-last max-sm:basis-full">
        {shown.map((entry, index) => (
          <li key={entry.at} className="min-w-0">
            {many && index === shown.length - 1 ? (
              <span className="mr-3 text-xs text-muted">… {entries.length} times until</span>
            ) : null}
            <Time entry={entry} past={Date.parse(entry.at) < now} turned={turnedAt(shown, index)} />
          </li>
        ))}
      </ul>
      <span className="ml-auto shrink-0 text-xs text-faint">UTC{offsets(entries)}</span>
      <Notes entries={shown} />
    </li>
  )
}

function Time({ entry, past, turned }: { entry: CalendarEntry; past: boolean; turned: boolean }) {
  return (
    <time
      dateTime={entry.at}
      title={`${entry.local} · ${exactText(new Date(entry.at))}`}
      className={cn(
        'font-mono text-xs',
        past ? 'text-faint' : 'text-fg',
        (turned || entry.note) && 'text-progress',
      )}
    >
      {timeOf(entry)}
      {turned ? ` ${entry.offset}` : ''}
    </time>
  )
}

/** What a change of the clock did: never only a colour. */
function Notes({ entries }: { entries: readonly CalendarEntry[] }) {
  const noted = entries.filter(({ note }) => note !== null)
  if (noted.length === 0) return null
  return (
    <ul className="order-last basis-full space-y-0.5 text-xs text-progress">
      {noted.map((entry) => (
        <li key={entry.at} className="flex items-start gap-1.5">
          <Clock3 aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>
            {entry.local}: {entry.note}
          </span>
        </li>
      ))}
    </ul>
  )
}

const offsets = (entries: readonly CalendarEntry[]): string =>
  [...new Set(entries.map(({ offset }) => offset))].join(' → ')

const dayText = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
