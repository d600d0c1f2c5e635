'use client'

import { sourceStates, type Freshness } from '@fairlead/contracts/freshness'
import { cn } from '@fairlead/ui/cn'
import { exactText, relativeText } from '@fairlead/ui/time-text'
import { toneText } from '@fairlead/ui/tone'
import { useNow } from '@fairlead/ui/use-now'
import { CircleDashed, CircleSlash, CloudOff, History, KeyRound, Lock, Radio, RefreshCw } from 'lucide-react'
import { isStale } from './is-stale'

const icons = {
  never_synced: CircleDashed,
  syncing: RefreshCw,
  live: Radio,
  stale: History,
  unauthorized: KeyRound,
  forbidden: Lock,
  absent: CircleSlash,
  unreachable: CloudOff,
} satisfies Record<Freshness['state'], typeof Radio>

/** How far a source can be believed, ticking: "Stale, last seen 3 min ago". */
export function SourceMark({
  freshness,
  className,
}: {
  freshness: Freshness
  className?: string | undefined
}) {
  const nowMs = useNow()
  const { state, lastSeenAt, message } = freshness
  const { word, tone } = sourceStates[state]
  const Icon = icons[state]
  const seen = lastSeenAt === null ? null : new Date(lastSeenAt)
  const said = isStale(freshness) && seen ? `${word}, last seen ${relativeText(seen.getTime(), nowMs)}` : word
  return (
    <span
      data-tone={tone}
      title={[message, seen ? `last seen ${exactText(seen)}` : 'never seen'].filter(Boolean).join(' · ')}
      className={cn(
        'inline-flex max-w-full items-center gap-1.5 align-middle text-xs whitespace-nowrap',
        toneText({ tone }),
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span suppressHydrationWarning className="truncate">
        {said}
      </span>
    </span>
  )
}
