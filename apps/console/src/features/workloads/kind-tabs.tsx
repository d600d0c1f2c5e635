'use client'

import { watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import { Button } from '@fairlead/ui/button'
import { cn } from '@fairlead/ui/cn'
import { tabListLook, tabLook } from '@fairlead/ui/link-tabs'
import { Menu } from '@fairlead/ui/menu'
import { useTabInView } from '@fairlead/ui/use-tab-in-view'
import { ChevronDown } from 'lucide-react'
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
  'Ingress',
  'Node',
  'Namespace',
  'Event',
]
/** What the tabs have no room for. */
const others: readonly { readonly group: string; readonly kinds: readonly WatchedKind[] }[] = [
  {
    group: 'Reaching',
    kinds: [
      'EndpointSlice',
      'IngressClass',
      'NetworkPolicy',
      'Gateway',
      'GatewayClass',
      'HTTPRoute',
      'ReferenceGrant',
    ],
  },
  { group: 'Limits', kinds: ['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'ResourceQuota'] },
  { group: 'Storage', kinds: ['PersistentVolumeClaim', 'PersistentVolume', 'StorageClass'] },
  { group: 'Configuration', kinds: ['ConfigMap', 'Secret', 'ServiceAccount'] },
  {
    group: 'Extensions',
    kinds: [
      'APIService',
      'CustomResourceDefinition',
      'MutatingWebhookConfiguration',
      'ValidatingWebhookConfiguration',
    ],
  },
]

export const kindsOffered = [...kinds, ...others.flatMap((group) => group.kinds)]

export const kindTitle = (kind: WatchedKind): string =>
  /[^aeo]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}${kind.endsWith('s') ? 'es' : 's'}`

type KindTabsProps = { current: WatchedKind; onKind: (kind: WatchedKind) => void }

export function KindTabs({ current, onKind }: KindTabsProps) {
  const open = (event: MouseEvent, kind: WatchedKind) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onKind(kind)
  }
  const list = useTabInView<HTMLElement>(current)
  const shown = kinds.includes(current) ? kinds : [...kinds, current]
  return (
    <div className="mb-3 flex min-w-0 items-end border-b border-line">
      <nav ref={list} aria-label="Kinds" className={cn(tabListLook, 'min-w-0 border-b-0')}>
        {shown.map((kind) => (
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
      <MoreKinds onKind={onKind} />
    </div>
  )
}

function MoreKinds({ onKind }: Pick<KindTabsProps, 'onKind'>) {
  return (
    <Menu
      trigger={
        <Button size="sm" variant="ghost" className="mb-1 shrink-0">
          More kinds <ChevronDown aria-hidden className="text-faint" />
        </Button>
      }
      groups={others.map(({ group, kinds: listed }) => ({
        group,
        items: listed.map((kind) => ({ label: kindTitle(kind), onSelect: () => onKind(kind) })),
      }))}
    />
  )
}
