'use client'

import { cn } from './cn'
import { durationText } from './time-text'
import { useNow } from './use-now'

export type DurationProps = {
  className?: string | undefined
} & (
  | { ms: number }
  /** From a start to an end; without an end it still ticks. */
  | { from: Date | string | number; to?: Date | string | number | null | undefined }
)

export function Duration(props: DurationProps) {
  const look = cn('whitespace-nowrap', props.className)
  if ('ms' in props) return <span className={look}>{durationText(props.ms)}</span>
  if (props.to !== null && props.to !== undefined) {
    const ms = new Date(props.to).getTime() - new Date(props.from).getTime()
    return <span className={look}>{durationText(ms)}</span>
  }
  return <RunningDuration from={props.from} className={look} />
}

function RunningDuration({ from, className }: { from: Date | string | number; className: string }) {
  const nowMs = useNow()
  const wholeSeconds = Math.max(0, Math.floor((nowMs - new Date(from).getTime()) / 1000)) * 1000
  return (
    <span className={className} suppressHydrationWarning>
      {wholeSeconds < 1000 ? '0s' : durationText(wholeSeconds)}
    </span>
  )
}
