'use client'

import { RelativeTime } from '@fairlead/ui/relative-time'
import { useNow } from '@fairlead/ui/use-now'
import { scheduleWords } from './schedule-words'

type ScheduleLineProps = {
  schedule: { readonly cron: string; readonly timezone: string } | null
  paused: boolean
}

export function ScheduleLine({ schedule, paused }: ScheduleLineProps) {
  if (schedule === null) return <span className="text-faint">Started by hand</span>
  const { cron, timezone } = schedule
  return (
    <span
      className={paused ? 'text-faint line-through decoration-1' : undefined}
      title={`${cron} · ${timezone}`}
    >
      {scheduleWords(cron)}
      <span className="text-faint">
        {' '}
        {timezone === 'UTC' ? 'UTC' : timezone.replace('_', ' ').split('/').at(-1)}
      </span>
    </span>
  )
}

export function NextTime({ at, paused }: { at: string | null; paused: boolean }) {
  const now = useNow()
  if (paused) return <span className="text-faint">paused</span>
  if (at === null) return <span className="text-faint">–</span>
  return Date.parse(at) > now ? (
    <RelativeTime at={at} className="text-muted" />
  ) : (
    <span className="text-muted">due now</span>
  )
}
