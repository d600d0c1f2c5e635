'use client'

import { cn } from './cn'
import { exactText, relativeText } from './time-text'
import { useNow } from './use-now'

export type RelativeTimeProps = { at: Date | string | number; className?: string | undefined }

/** "3 min ago", ticking; the exact time is its title. */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const nowMs = useNow()
  const moment = new Date(at)
  const exact = exactText(moment)
  if (Number.isNaN(moment.getTime())) return <span className={className}>unknown time</span>
  return (
    <time
      dateTime={moment.toISOString()}
      title={exact}
      suppressHydrationWarning
      className={cn('whitespace-nowrap', className)}
    >
      {relativeText(moment.getTime(), nowMs)}
    </time>
  )
}
