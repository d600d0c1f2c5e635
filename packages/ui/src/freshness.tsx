'use client'

import { CircleDashed, CloudOff, History, Radio } from 'lucide-react'
import { cn } from './cn'
import { exactText, relativeText } from './time-text'
import { toneText, type Tone } from './tone'
import { useNow } from './use-now'

export const freshnessStates = ['live', 'stale', 'unreachable', 'never-synced'] as const
export type FreshnessState = (typeof freshnessStates)[number]

export type FreshnessProps = {
  state: FreshnessState
  /** When the source was last heard; null when it never was. */
  lastSeenAt: Date | string | number | null
  /** Why it is stale or unreachable, where known. */
  reason?: string | undefined
  className?: string | undefined
}

const marks = {
  live: { icon: Radio, word: 'Live', tone: 'ok' },
  stale: { icon: History, word: 'Stale', tone: 'progress' },
  unreachable: { icon: CloudOff, word: 'Unreachable', tone: 'failing' },
  'never-synced': { icon: CircleDashed, word: 'Never synced', tone: 'unknown' },
} as const satisfies Record<FreshnessState, { icon: typeof Radio; word: string; tone: Tone }>

/** Says how old what you see is. Only data that is live now may be green: anything less is not. */
export function Freshness({ state, lastSeenAt, reason, className }: FreshnessProps) {
  const nowMs = useNow()
  const seen = lastSeenAt === null ? null : new Date(lastSeenAt)
  const claim = state === 'live' && seen === null ? 'never-synced' : state
  const { icon: Icon, word, tone } = marks[claim]
  const lastSeen =
    seen && claim !== 'live' && claim !== 'never-synced'
      ? `last seen ${relativeText(seen.getTime(), nowMs)}`
      : null
  return (
    <span
      data-tone={tone}
      title={[reason, seen ? `last seen ${exactText(seen)}` : 'never seen'].filter(Boolean).join(' · ')}
      className={cn(
        'inline-flex items-center gap-1.5 align-middle text-xs whitespace-nowrap',
        toneText({ tone }),
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span suppressHydrationWarning>{lastSeen ? `${word}, ${lastSeen}` : word}</span>
    </span>
  )
}
