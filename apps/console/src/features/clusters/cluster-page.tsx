'use client'

import type { ClusterDetail } from '@fairlead/contracts/cluster'
import { workloadKinds } from '@fairlead/contracts/kinds'
import { Button } from '@fairlead/ui/button'
import { KeyValue } from '@fairlead/ui/key-value'
import { PageHeader } from '@fairlead/ui/page-header'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { Skeleton, SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Boxes, GitCompareArrows } from 'lucide-react'
import dynamic from 'next/dynamic'
import { compareHref } from '@/features/compare/sides'
import { ExceptionBanner } from '@/features/freeze/exception-banner'
import { labelsOf } from '@/features/fleet/fleet-filter'
import { useUrlParams } from '@/features/rollouts/url-param'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useLiveObjects } from '@/live/live-provider'
import { useTRPC } from '@/live/trpc'
import { ClusterMark } from './cluster-mark'
import { ClusterOverview } from './cluster-overview'
import { ParamTabs } from './param-tabs'
import { SourceMark } from './source-mark'
import { countsEveryMs } from './use-clusters'

const NodesTab = dynamic(() => import('./nodes-tab'), { loading: () => <SkeletonRows /> })
const NamespacesTab = dynamic(() => import('./namespaces-tab'), { loading: () => <SkeletonRows /> })
const EventsTab = dynamic(() => import('./events-tab'), { loading: () => <SkeletonRows /> })
const ComplexityTab = dynamic(() => import('./complexity-tab'), { loading: () => <SkeletonRows /> })
const UpgradeTab = dynamic(() => import('./upgrade-tab'), { loading: () => <SkeletonRows /> })
const ClusterSettings = dynamic(() => import('./cluster-settings'), { loading: () => <SkeletonRows /> })

const tabNames = ['overview', 'nodes', 'namespaces', 'complexity', 'upgrade', 'events', 'settings'] as const

export function ClusterPage({ name }: { name: string }) {
  const query = useQuery(
    useTRPC().cluster.get.queryOptions({ cluster: name }, { refetchInterval: countsEveryMs }),
  )
  return (
    <>
      <TopbarCrumbs crumbs={[{ label: 'Clusters', href: '/clusters' }, { label: name }]} />
      {query.data ? (
        <Loaded detail={query.data} />
      ) : query.error ? (
        <FaultState
          what={`The cluster ${name} could not be shown.`}
          error={query.error}
          right="inventory.view"
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      ) : (
        <div role="status" aria-label="Loading the cluster" className="flex flex-col gap-4">
          <Skeleton className="h-7 w-56" />
          <div className="h-14 rounded-lg border border-line bg-surface" />
          <div className="h-72 rounded-lg border border-line bg-surface" />
        </div>
      )}
    </>
  )
}

function Loaded({ detail }: { detail: ClusterDetail }) {
  const { cluster } = detail
  const [params, set] = useUrlParams()
  const tab = tabNames.find((each) => each === params.get('tab')) ?? 'overview'
  useLiveObjects({ kinds: [...workloadKinds, 'Node', 'Event'], clusters: [cluster.id] })
  useHotkey('n', () => set({ tab: 'nodes' }, 'push'), { description: 'Nodes' })
  useHotkey('e', () => set({ tab: 'events' }, 'push'), { description: 'Events' })
  return (
    <>
      <PageHeader
        title={<ClusterMark cluster={cluster} href={null} className="text-xl [&_.text-sm]:text-xl" />}
        freshness={<SourceMark freshness={cluster.freshness} />}
        actions={
          <>
            <Button
              href={compareHref({ left: { cluster: cluster.name, namespace: null } })}
              icon={<GitCompareArrows aria-hidden />}
            >
              Compare
            </Button>
            <Button
              href={`/workloads?cluster=${encodeURIComponent(cluster.name)}`}
              icon={<Boxes aria-hidden />}
            >
              Workloads
            </Button>
          </>
        }
      />
      <ExceptionBanner shown={{ cluster: cluster.name }} />
      <Facts cluster={cluster} />
      <ParamTabs
        label="Cluster"
        param="tab"
        current={tab}
        className="mb-4"
        tabs={[
          { value: 'overview', label: 'Overview' },
          {
            value: 'nodes',
            label: 'Nodes',
            count: detail.cluster.nodes === null ? undefined : detail.nodes.length,
            shortcut: 'n',
          },
          { value: 'namespaces', label: 'Namespaces', count: detail.namespaces.length },
          { value: 'complexity', label: 'Complexity' },
          { value: 'upgrade', label: 'Upgrade' },
          { value: 'events', label: 'Events', shortcut: 'e' },
          { value: 'settings', label: 'Settings' },
        ]}
      />
      {tab === 'overview' ? <ClusterOverview detail={detail} /> : null}
      {tab === 'nodes' ? <NodesTab detail={detail} /> : null}
      {tab === 'namespaces' ? <NamespacesTab detail={detail} /> : null}
      {tab === 'complexity' ? <ComplexityTab cluster={cluster} /> : null}
      {tab === 'upgrade' ? <UpgradeTab cluster={cluster} /> : null}
      {tab === 'events' ? <EventsTab cluster={cluster} /> : null}
      {tab === 'settings' ? <ClusterSettings detail={detail} /> : null}
    </>
  )
}

function Facts({ cluster }: Pick<ClusterDetail, 'cluster'>) {
  const labels = labelsOf(cluster)
  return (
    <KeyValue
      layout="strip"
      className="mb-4"
      entries={[
        { key: 'Kubernetes', value: cluster.version ?? 'unknown', mono: true },
        { key: 'API server', value: cluster.server, mono: true },
        { key: 'Labels', value: labels.length > 0 ? labels.join(' · ') : 'none', mono: labels.length > 0 },
        { key: 'Registered', value: <RelativeTime at={cluster.registeredAt} /> },
      ]}
    />
  )
}
