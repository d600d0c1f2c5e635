'use client'

import type { ClusterCard } from '@fairlead/contracts/cluster'
import { workloadKinds } from '@fairlead/contracts/kinds'
import { Button } from '@fairlead/ui/button'
import { cn } from '@fairlead/ui/cn'
import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { GitCompareArrows, Plus, Ship } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useDeferredValue, useMemo } from 'react'
import { useFleet } from '@/features/clusters/use-clusters'
import { useUrlParams } from '@/features/rollouts/url-param'
import { FaultState } from '@/live/fault-state'
import { useLiveObjects } from '@/live/live-provider'
import { ActivityColumn } from './activity-column'
import { FleetCard } from './fleet-card'
import { filterFleet, orderFleet, totalsOf } from './fleet-filter'
import { FleetSkeleton } from './fleet-skeleton'
import { FleetSummary } from './fleet-summary'
import { FleetToolbar, viewOf, type FleetView } from './fleet-toolbar'
import { useTextParam } from './use-text-param'

/** Their changes redo the sums at once; pods are too many to be named for that (use-clusters.ts). */
const countedKinds = [...workloadKinds, 'Node'] as const
const FleetTable = dynamic(() => import('./fleet-table').then(({ FleetTable: Table }) => Table), {
  loading: () => <SkeletonRows className="rounded-lg border border-line bg-surface" />,
})
const registerHref = '/settings/clusters/register'

export function FleetPage() {
  const fleet = useFleet({ keepCounts: true })
  useLiveObjects({ kinds: countedKinds })
  return (
    <>
      <PageHeader
        title="Fleet"
        description="Every cluster you may see, desired beside actual."
        actions={
          <>
            <Button href="/fleet/compare" icon={<GitCompareArrows aria-hidden />}>
              Compare
            </Button>
            <Button href={registerHref} icon={<Plus aria-hidden />}>
              Register cluster
            </Button>
          </>
        }
      />
      {fleet.data ? (
        <Loaded clusters={fleet.data.clusters} />
      ) : fleet.error ? (
        <FaultState
          what="The fleet could not be loaded."
          error={fleet.error}
          right="inventory.view"
          onRetry={() => void fleet.refetch()}
          retrying={fleet.isFetching}
        />
      ) : (
        <FleetSkeleton />
      )}
    </>
  )
}

function Loaded({ clusters }: { clusters: readonly ClusterCard[] }) {
  const ordered = useMemo(() => orderFleet(clusters), [clusters])
  const totals = useMemo(() => totalsOf(clusters), [clusters])
  const [params] = useUrlParams()
  if (clusters.length === 0) return <NoCluster />
  const view = viewOf(params.get('view'), clusters.length)
  return (
    <>
      <FleetSummary totals={totals} />
      <div
        className={cn(
          'grid grid-cols-[minmax(0,1fr)] items-start gap-4',
          view === 'cards' && 'xl:grid-cols-[minmax(0,1fr)_20rem]',
        )}
      >
        <Clusters clusters={ordered} view={view} />
        <ActivityColumn wide={view === 'rows'} />
      </div>
    </>
  )
}

function Clusters({ clusters, view }: { clusters: readonly ClusterCard[]; view: FleetView }) {
  const [params] = useUrlParams()
  const [text, setText] = useTextParam('q')
  const wanted = useDeferredValue(text)
  const environment = params.get('environment') as ClusterCard['environment'] | null
  const label = params.get('label')
  const shown = useMemo(
    () => filterFleet(clusters, { text: wanted, environment, label }),
    [clusters, wanted, environment, label],
  )
  return (
    <section aria-label="Clusters" className="flex min-w-0 flex-col gap-3">
      <FleetToolbar clusters={clusters} text={text} onText={setText} view={view} />
      {shown.length === 0 ? (
        <div className="rounded-lg border border-line bg-surface">
          <EmptyState title="No cluster matches the filters">
            {clusters.length} {clusters.length === 1 ? 'cluster is' : 'clusters are'} hidden by them.
          </EmptyState>
        </div>
      ) : view === 'rows' ? (
        <FleetTable clusters={shown} className="max-h-[max(20rem,calc(100dvh-22rem))]" />
      ) : (
        <div className="grid gap-3 sm:grid-cols-[repeat(auto-fill,minmax(21rem,1fr))]">
          {shown.map((cluster) => (
            <FleetCard key={cluster.id} cluster={cluster} />
          ))}
        </div>
      )}
    </section>
  )
}

function NoCluster() {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState
        icon={<Ship aria-hidden />}
        title="No cluster yet"
        command="fairlead cluster add staging --kubeconfig ~/.kube/config --environment staging"
        action={
          <Button variant="primary" href={registerHref} icon={<Plus aria-hidden />}>
            Register cluster
          </Button>
        }
      >
        Register one from a kubeconfig, here or from a terminal. Clusters started by{' '}
        <code className="font-mono text-xs">npm run up</code> appear on their own while they come up.
      </EmptyState>
    </div>
  )
}
