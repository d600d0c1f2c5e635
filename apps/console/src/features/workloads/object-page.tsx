'use client'

import type { WorkloadDetail } from '@fairlead/contracts/inventory'
import { watchedKinds } from '@fairlead/contracts/kinds'
import { Skeleton, SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { isStale } from '@/features/clusters/is-stale'
import { ParamTabs, type ParamTab } from '@/features/clusters/param-tabs'
import { useClusterNamed } from '@/features/clusters/use-clusters'
import { ExceptionBanner } from '@/features/freeze/exception-banner'
import { Drains } from '@/features/hands/drain-card'
import { useUrlParams } from '@/features/rollouts/url-param'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useLiveObjects } from '@/live/live-provider'
import { useTRPC } from '@/live/trpc'
import { kindTitle } from './kind-tabs'
import type { ObjectAddress } from './object-address'
import { ObjectHeader } from './object-header'
import { ObjectOverview } from './object-overview'
import { watchedWith } from './watched-with'
import type { ObjectRef } from './object-ref'

const tabFrame = 'rounded-lg border border-line bg-surface'
const loading = () => <SkeletonRows rows={8} className={tabFrame} />
const PodsTable = dynamic(() => import('./pods-table').then((module) => module.PodsTable), { loading })
const EventsTable = dynamic(
  () => import('@/features/clusters/events-table').then((module) => module.EventsTable),
  { loading },
)
const LogsTab = dynamic(() => import('./logs-tab'), {
  loading: () => <SkeletonRows rows={14} className={tabFrame} />,
})
const YamlTab = dynamic(() => import('./yaml-tab'), {
  loading: () => <SkeletonRows rows={14} className={tabFrame} />,
})

const ShellTab = dynamic(() => import('@/features/terminal/shell-tab'), { loading })

const TimelineTab = dynamic(() => import('./timeline/timeline-tab'), { loading })
const UsageTab = dynamic(() => import('./usage/usage-tab'), { loading })
const NodeCapacity = dynamic(
  () => import('@/features/clusters/node-capacity').then((module) => module.NodeCapacity),
  { loading: () => <SkeletonRows rows={2} className={tabFrame} /> },
)

const tabNames = ['overview', 'timeline', 'pods', 'usage', 'logs', 'shell', 'events', 'yaml'] as const
type TabName = (typeof tabNames)[number]

export function ObjectPage({ address }: { address: ObjectAddress }) {
  const { cluster, error: clusterError } = useClusterNamed(address.cluster)
  const { kind, namespace, name } = address
  const clusterId = cluster?.id ?? null
  const ref = useMemo(
    () => (clusterId === null ? null : ({ cluster: clusterId, kind, namespace, name } as ObjectRef)),
    [clusterId, kind, namespace, name],
  )
  const trpc = useTRPC()
  const query = useQuery(trpc.workload.get.queryOptions(ref ?? ({} as ObjectRef), { enabled: ref !== null }))
  useLiveObjects({
    kinds: watchedWith(kind),
    clusters: cluster ? [cluster.id] : [],
    ...(namespace === null ? {} : { namespace }),
  })
  const error = clusterError ?? query.error
  return (
    <>
      <TopbarCrumbs
        crumbs={[
          { label: kindTitle(kind), href: `/workloads?kind=${watchedKinds[kind].plural}` },
          { label: name },
        ]}
      />
      {ref && query.data ? (
        <Loaded detail={query.data} address={address} objectRef={ref} />
      ) : error ? (
        <FaultState
          what={`${kind} ${name} could not be shown.`}
          where={cluster ? <ClusterMark cluster={cluster} /> : `Cluster ${address.cluster}`}
          error={error}
          right="inventory.view"
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      ) : (
        <ObjectSkeleton />
      )}
    </>
  )
}

type LoadedProps = { detail: WorkloadDetail; address: ObjectAddress; objectRef: ObjectRef }

function Loaded({ detail, address, objectRef }: LoadedProps) {
  const [params, set] = useUrlParams()
  const hasPods =
    detail.row.kind === 'Pod' || detail.pods.length > 0 || watchedKinds[detail.row.kind].workload
  const tabs = tabsOf(detail, hasPods)
  const tab = tabs.find(({ value }) => value === params.get('tab'))?.value ?? 'overview'
  const go = (next: TabName) => set({ tab: next === 'overview' ? null : next }, 'push')
  useHotkey('l', () => go('logs'), { description: 'Logs', enabled: hasPods })
  useHotkey(
    'p',
    () => (tab === 'logs' ? set({ previous: params.get('previous') ? null : '1' }) : go('pods')),
    {
      description: 'Pods; in logs, those of the previous container',
      enabled: hasPods,
    },
  )
  useHotkey('t', () => go('timeline'), { description: 'Timeline', enabled: detail.row.verdict !== null })
  useHotkey('u', () => go('usage'), { description: 'Usage', enabled: hasPods })
  useHotkey('s', () => go('shell'), { description: 'Shell', enabled: hasPods })
  useHotkey('y', () => go('yaml'), { description: 'YAML' })
  useHotkey('e', () => go('events'), { description: 'Events' })
  useHotkey('d', () => go('overview'), { description: 'Overview' })
  return (
    <>
      <ObjectHeader detail={detail} address={address} />
      <ExceptionBanner
        shown={{ cluster: detail.cluster.name, application: detail.managedBy?.application ?? '' }}
      />
      {detail.row.kind === 'Node' ? <Drains cluster={detail.cluster.id} node={detail.row.name} /> : null}
      <ParamTabs
        label={detail.row.kind}
        param="tab"
        tabs={tabs}
        current={tab}
        clears={['q', 'container', 'previous', 'pod', 'episode']}
        className="mb-4"
      />
      {tab === 'overview' && detail.row.kind === 'Node' ? (
        <div className="mb-4">
          <NodeCapacity cluster={detail.cluster.name} uid={detail.row.uid} />
        </div>
      ) : null}
      {tab === 'overview' ? <ObjectOverview detail={detail} /> : null}
      {tab === 'timeline' ? (
        <TimelineTab objectRef={objectRef} stale={isStale(detail.cluster.freshness)} />
      ) : null}
      {tab === 'pods' ? <PodsTable detail={detail} cluster={address.cluster} /> : null}
      {tab === 'usage' ? <UsageTab detail={detail} objectRef={objectRef} /> : null}
      {tab === 'logs' ? <LogsTab detail={detail} objectRef={objectRef} /> : null}
      {tab === 'shell' ? <ShellTab detail={detail} objectRef={objectRef} /> : null}
      {tab === 'events' ? <EventsTable events={detail.events} cluster={address.cluster} /> : null}
      {tab === 'yaml' ? <YamlTab objectRef={objectRef} /> : null}
    </>
  )
}

function tabsOf(detail: WorkloadDetail, hasPods: boolean): ParamTab[] {
  const isPod = detail.row.kind === 'Pod'
  return [
    { value: 'overview', label: 'Overview', shortcut: 'd' },
    ...(detail.row.verdict === null ? [] : [{ value: 'timeline', label: 'Timeline', shortcut: 't' }]),
    ...(hasPods
      ? [
          {
            value: 'pods',
            label: isPod ? 'Containers' : 'Pods',
            count: isPod ? (detail.pods[0]?.containers.length ?? 0) : detail.pods.length,
            shortcut: 'p',
          },
          { value: 'usage', label: 'Usage', shortcut: 'u' },
          { value: 'logs', label: 'Logs', shortcut: 'l' },
          { value: 'shell', label: 'Shell', shortcut: 's' },
        ]
      : []),
    { value: 'events', label: 'Events', count: detail.events.length, shortcut: 'e' },
    { value: 'yaml', label: 'YAML', shortcut: 'y' },
  ]
}

function ObjectSkeleton() {
  return (
    <div role="status" aria-label="Loading the object" className="flex flex-col gap-4">
      <Skeleton className="h-7 w-72" />
      <Skeleton className="h-5 w-96 max-w-full" />
      <div className="mt-6 h-80 rounded-lg border border-line bg-surface" />
    </div>
  )
}
