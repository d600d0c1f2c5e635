import type { ReactNode } from 'react'
import { cn } from './cn'
import { RelativeTime } from './relative-time'
import { toneSoft, type Tone } from './tone'

export type TimelineEvent = {
  id: string
  at: Date | string | number
  title: ReactNode
  tone?: Tone | undefined
  icon?: ReactNode
  /** Who or what did it. */
  actor?: ReactNode
  detail?: ReactNode
}
export type TimelineProps = {
  label: string
  events: readonly TimelineEvent[]
  className?: string | undefined
}

export function Timeline({ label, events, className }: TimelineProps) {
  return (
    <ol aria-label={label} className={cn('flex flex-col', className)}>
      {events.map((event, index) => (
        <li key={event.id} className="relative flex gap-3 pb-4 last:pb-0">
          {index < events.length - 1 ? (
            <span aria-hidden className="absolute top-6 bottom-0 left-[11.5px] w-px bg-line" />
          ) : null}
          <span
            aria-hidden
            className={cn(
              'z-10 flex size-6 shrink-0 items-center justify-center rounded-full border border-line [&_svg]:size-3.5',
              toneSoft({ tone: event.tone ?? 'neutral' }),
            )}
          >
            {event.icon ?? <span className="size-1.5 rounded-full bg-current" />}
          </span>
          <div className="min-w-0 flex-1 pt-0.5 text-sm">
            <div className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{event.title}</span>
              {event.actor ? <span className="text-muted">{event.actor}</span> : null}
              <RelativeTime at={event.at} className="ml-auto text-xs text-faint" />
            </div>
            {event.detail ? <div className="mt-0.5 text-muted">{event.detail}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
