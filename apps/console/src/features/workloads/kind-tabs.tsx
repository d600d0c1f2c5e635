'use client'

import { watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import { cn } from '@fairlead/ui/cn'
import { tabListLook, tabLook } from '@fairlead/ui/link-tabs'
import type { MouseEvent } from 'react'

/** The order in which people look: what they run, what it made, what reaches it, what carries it. */
const kinds: readonly WatchedKind[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Pod',
  'ReplicaSet',
  'Service',
  'EndpointSlice',
  'Node',
  'Namespace',
  'Event',
]

export const kindTitle = (kind: WatchedKind): string => `${kind}${kind.endsWith('s') ? 'es' : 's'}`

type KindTabsProps = { current: WatchedKind; onKind: (kind: WatchedKind) => void }

export function KindTabs({ current, onKind }: KindTabsProps) {
  const open = (event: MouseEvent, kind: WatchedKind) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onKind(kind)
  }
  return (
    <nav aria-label="Kinds" className={cn(tabListLook, 'mb-3')}>
      {kinds.map((kind) => (
        <a
          key={kind}
          href={`/workloads?kind=${watchedKinds[kind].plural}`}
          onClick={(event) => open(event, kind)}
          className={cn(tabLook, kind === current && 'border-fg text-fg')}
          {...(kind === current ? { 'aria-current': 'page' as const } : {})}
        >
          {kindTitle(kind)}
        </a>
      ))}
    </nav>
  )
}
