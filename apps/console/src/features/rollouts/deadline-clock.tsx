'use client'

import { cn } from '@fairlead/ui/cn'
import { durationText, exactText } from '@fairlead/ui/time-text'
import { useNow } from '@fairlead/ui/use-now'

type DeadlineClockProps = {
  label: string
  /** What happens then. */
  hint: string
  at: string
  /** Since when it has been running; the bar fills from there. */
  since: string | null
  /** Nothing runs against it any more: the moment alone is shown. */
  still?: boolean
}

const soonMs = 30_000

/** A deadline ticking down, to the second. */
export function DeadlineClock({ label, hint, at, since, still }: DeadlineClockProps) {
  const nowMs = useNow()
  const endMs = Date.parse(at)
  const leftMs = endMs - nowMs
  const startMs = since === null ? null : Date.parse(since)
  const spent = startMs === null ? 0 : Math.min(1, Math.max(0, (nowMs - startMs) / (endMs - startMs)))
  const look = still
    ? 'text-muted'
    : leftMs <= 0
      ? 'text-fail'
      : leftMs < soonMs
        ? 'text-progress'
        : 'text-fg'
  const fill =
    leftMs <= 0 ? 'fill-fail-solid' : leftMs < soonMs ? 'fill-progress-solid' : 'fill-unknown-solid'
  return (
    <div className="min-w-36 flex-1 text-xs" title={`${hint} ${exactText(new Date(endMs))}`}>
      <div className="flex items-baseline justify-between gap-2">
        <span className="truncate text-muted">{label}</span>
        <span className={cn('font-medium whitespace-nowrap', look)} suppressHydrationWarning>
          {still ? 'stopped' : leftMs <= 0 ? 'passed' : durationText(leftMs)}
        </span>
      </div>
      <svg aria-hidden width="100%" height="4" className="mt-1 block">
        <rect width="100%" height="4" rx="2" className="fill-line" />
        {still ? null : <rect width={`${spent * 100}%`} height="4" rx="2" className={fill} />}
      </svg>
    </div>
  )
}
