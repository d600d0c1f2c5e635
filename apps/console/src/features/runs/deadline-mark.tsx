'use client'

import type { RunView } from '@fairlead/contracts/workflow'
import { cn } from '@fairlead/ui/cn'
import { durationText, exactText, relativeText } from '@fairlead/ui/time-text'
import { useNow } from '@fairlead/ui/use-now'
import { AlarmClock, AlarmClockCheck, AlarmClockOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { deadlineStanding, type DeadlineStanding } from './deadline-standing'

type DeadlineMarkProps = { deadline: NonNullable<RunView['deadline']>; finishedAt: string | null }

const looks: Record<DeadlineStanding, { look: string; icon: ReactNode }> = {
  kept: { look: 'text-ok', icon: <AlarmClockCheck aria-hidden /> },
  missed: { look: 'text-fail', icon: <AlarmClockOff aria-hidden /> },
  threatened: { look: 'text-progress', icon: <AlarmClock aria-hidden /> },
  ahead: { look: 'text-fg', icon: <AlarmClock aria-hidden /> },
}

/** Whether the run is in time, and whether it will be: by the median of earlier runs along the critical path. */
export function DeadlineMark({ deadline, finishedAt }: DeadlineMarkProps) {
  const nowMs = useNow()
  const standing = deadlineStanding(deadline, finishedAt, nowMs)
  const atMs = Date.parse(deadline.at)
  const { look, icon } = looks[standing]
  return (
    <span
      className="flex flex-wrap items-center gap-x-2 [&_svg]:size-3.5"
      title={`Deadline ${exactText(new Date(atMs))}`}
      suppressHydrationWarning
    >
      <span className={cn('inline-flex items-center gap-1.5 font-medium whitespace-nowrap', look)}>
        {icon}
        <span suppressHydrationWarning>{wordOf(standing, atMs, nowMs)}</span>
      </span>
      <span className="text-muted">{clockText(deadline.at)}</span>
      {deadline.forecastAt && finishedAt === null ? (
        <Forecast at={deadline.forecastAt} deadlineMs={atMs} />
      ) : null}
    </span>
  )
}

function wordOf(standing: DeadlineStanding, atMs: number, nowMs: number): string {
  if (standing === 'kept') return 'kept'
  if (standing === 'missed') return 'missed'
  return relativeText(atMs, nowMs)
}

function Forecast({ at, deadlineMs }: { at: string; deadlineMs: number }) {
  const forecastMs = Date.parse(at)
  const late = forecastMs - deadlineMs
  return (
    <span
      className={cn('whitespace-nowrap', late > 0 ? 'text-progress' : 'text-muted')}
      title={`Forecast ${exactText(new Date(forecastMs))}, by the median of earlier runs along the critical path`}
    >
      forecast {clockText(at)}, {durationText(Math.abs(late))} {late > 0 ? 'late' : 'early'}
    </span>
  )
}

const clockText = (at: string): string => `${exactText(new Date(at)).slice(11, 16)} UTC`
