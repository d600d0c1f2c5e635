'use client'

import type { ExceptionView } from '@fairlead/contracts/freeze'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { TextLink } from '@fairlead/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { ShieldAlert } from 'lucide-react'
import { useTRPC } from '@/live/trpc'
import { affects, type Shown } from './affects'

/** Loud on every screen that it is about: somebody may change this in spite of a freeze window, until then. */
export function ExceptionBanner({ shown }: { shown: Shown }) {
  const exceptions = useQuery(useTRPC().exception.list.queryOptions({}, { refetchInterval: 30_000 }))
  const found = (exceptions.data ?? []).filter(
    (exception) => ['active', 'waiting', 'to_review'].includes(exception.state) && affects(exception, shown),
  )
  if (found.length === 0) return null
  return (
    <ul aria-label="Exceptions from freeze windows" className="mb-4 space-y-2">
      {found.map((exception) => (
        <li
          key={exception.id}
          className="flex items-start gap-2 rounded-lg border border-fail-solid/50 bg-fail-soft px-4 py-2.5 text-sm"
        >
          <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-fail" />
          <p className="min-w-0 break-words">
            <strong>{headlines[exception.state as keyof typeof headlines]}</strong> for {exception.about}:{' '}
            {exception.reason} <Who exception={exception} />{' '}
            <TextLink href="/settings/freeze">All exceptions</TextLink>
          </p>
        </li>
      ))}
    </ul>
  )
}

const headlines = {
  active: 'A freeze window is held open',
  waiting: 'An exception from a freeze window waits for a second person',
  to_review: 'An exception from a freeze window is still to be reviewed',
} as const

function Who({ exception }: { exception: ExceptionView }) {
  const { requester, decider, expiresAt } = exception
  return (
    <span className="text-muted">
      {requester} asked{decider === null ? '' : `, ${decider} confirmed`}
      {expiresAt === null ? (
        '.'
      ) : (
        <>
          , it ends or ended <RelativeTime at={expiresAt} />.
        </>
      )}
    </span>
  )
}
