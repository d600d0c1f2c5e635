'use client'

import { RelativeTime } from '@fairlead/ui/relative-time'
import { Tooltip } from '@fairlead/ui/tooltip'
import { Radio, RefreshCw, WifiOff } from 'lucide-react'
import type { Connection } from './shell-data'

const marks = {
  live: { icon: Radio, word: 'Live', look: 'text-ok', says: 'Changes appear as they happen.' },
  reconnecting: {
    icon: RefreshCw,
    word: 'Reconnecting',
    look: 'text-progress',
    says: 'What you see may be old.',
  },
  offline: { icon: WifiOff, word: 'Offline', look: 'text-fail', says: 'What you see is old.' },
} as const

/** Whether this browser hears changes at all; each object carries its own freshness besides. */
export function ConnectionMark({ connection }: { connection: Connection }) {
  const { icon: Icon, word, look, says } = marks[connection.state]
  return (
    <Tooltip
      side="bottom"
      content={
        <>
          {says}
          {connection.lastEventAt ? (
            <>
              {' '}
              Last event <RelativeTime at={connection.lastEventAt} />.
            </>
          ) : null}
        </>
      }
    >
      <span
        role="status"
        tabIndex={0}
        className={`inline-flex h-7 items-center gap-1.5 rounded-md px-1.5 text-xs ${look}`}
      >
        <Icon aria-hidden className="size-3.5" />
        <span className={connection.state === 'live' ? 'max-lg:sr-only' : 'max-sm:sr-only'}>{word}</span>
      </span>
    </Tooltip>
  )
}
