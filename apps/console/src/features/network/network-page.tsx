'use client'

import type { NetworkItem, NetworkList } from '@fairlead/contracts/network'
import { Button } from '@fairlead/ui/button'
import { DataTable } from '@fairlead/ui/data-table'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Waypoints } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useCallback, useDeferredValue, useMemo } from 'react'
import { isStale } from '@/features/clusters/is-stale'
import { countsEveryMs } from '@/features/clusters/use-clusters'
import { useTextParam } from '@/features/fleet/use-text-param'
import { FacetFilter } from '@/features/workloads/facet-filter'
import { objectHref } from '@/features/workloads/object-address'
import { useListView } from '@/features/workloads/use-list-view'
import { FaultState } from '@/live/fault-state'
import { useLiveObjects } from '@/live/live-provider'
import { useTRPC } from '@/live/trpc'
import { pathHref } from './addresses'
import { countFacets, facets, itemsInView, type Facet, type FacetCounts } from './in-view'
import { networkColumns } from './network-columns'
import { standingWords, type Standing } from './severity-mark'

/** Pods are too many to be named for a list of entries: their readiness shows in the slices. */
const heard = ['Service', 'Ingress', 'Gateway', 'HTTPRoute', 'EndpointSlice', 'NetworkPolicy'] as const

export function NetworkPage() {
  const trpc = useTRPC()
  useLiveObjects({ kinds: heard })
  const list = useQuery(trpc.network.findings.queryOptions({}, { refetchInterval: countsEveryMs }))
  return (
    <>
      <PageHeader
        title="Network"
        description="Every Service, Ingress, Gateway and route, with the worst that keeps traffic from its pods."
      />
      {list.data ? (
        <Loaded list={list.data} />
      ) : list.error ? (
        <FaultState
          what="The entries could not be loaded."
          error={list.error}
          right="inventory.view"
          onRetry={() => void list.refetch()}
          retrying={list.isFetching}
        />
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          <SkeletonRows rows={12} label="Loading the entries" />
        </div>
      )}
    </>
  )
}

function Loaded({ list }: { list: NetworkList }) {
  const view = useListView(facets)
  const [text, setText] = useTextParam('q')
  const wanted = useDeferredValue(text)
  const clusters = useMemo(() => new Map(list.clusters.map((cluster) => [cluster.id, cluster])), [list])
  const nameOf = useCallback((id: string) => clusters.get(id)?.name ?? id, [clusters])
  const stale = useCallback(
    ({ clusterId }: NetworkItem) => {
      const freshness = clusters.get(clusterId)?.freshness
      return freshness !== undefined && isStale(freshness)
    },
    [clusters],
  )
  const { chosen, sort } = view
  const shown = useMemo(
    () => itemsInView(list.items, { chosen, sort, text: wanted, nameOf }),
    [list, chosen, sort, wanted, nameOf],
  )
  const counts = useMemo(() => countFacets(list.items, nameOf), [list, nameOf])
  const columns = useMemo(
    () => networkColumns({ cluster: (id) => clusters.get(id), isStale: stale }),
    [clusters, stale],
  )
  const hrefOf = useCallback(
    (item: NetworkItem) => pathHref({ ...item, cluster: nameOf(item.clusterId) }),
    [nameOf],
  )
  const router = useRouter()
  const openYaml = (key: string, item: NetworkItem) => {
    if (key === 'y') router.push(objectHref({ ...item, cluster: nameOf(item.clusterId) }, 'yaml'))
  }
  return (
    <section aria-label="Entries" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <FilterInput label="Filter entries" value={text} onChange={(event) => setText(event.target.value)} />
        <Filters counts={counts} view={view} />
        <span role="status" className="ml-auto text-xs whitespace-nowrap text-muted">
          {shown.length.toLocaleString('en')}
          {shown.length === list.items.length ? '' : ` of ${list.items.length.toLocaleString('en')}`}
        </span>
      </div>
      <DataTable
        label="Entries"
        rows={shown}
        columns={columns}
        rowKey={keyOfItem}
        rowHref={hrefOf}
        rowStale={stale}
        sort={sort}
        onSortChange={view.setSort}
        onRowKey={openYaml}
        empty={<NoEntries filtered={list.items.length > 0} clusters={list.clusters.length} />}
      />
    </section>
  )
}

const keyOfItem = ({ clusterId, kind, namespace, name }: NetworkItem): string =>
  `${clusterId}/${kind}/${namespace}/${name}`
const facetNames: Record<Facet, string> = {
  cluster: 'Cluster',
  namespace: 'Namespace',
  kind: 'Kind',
  found: 'Found',
}

function Filters({ counts, view }: { counts: FacetCounts; view: ReturnType<typeof useListView<Facet>> }) {
  return facets.map((facet) => {
    const options = [...counts[facet]]
      .map(([value, count]) => ({
        value,
        label: facet === 'found' ? standingWords[value as Standing] : value,
        count,
      }))
      .sort((a, b) => a.value.localeCompare(b.value))
    if (options.length === 0 && view.chosen[facet].size === 0) return null
    return (
      <FacetFilter
        key={facet}
        name={facetNames[facet]}
        options={options}
        chosen={view.chosen[facet]}
        onChoose={(values) => view.choose(facet, values)}
      />
    )
  })
}

function NoEntries({ filtered, clusters }: { filtered: boolean; clusters: number }) {
  if (filtered)
    return <EmptyState title="No entry matches the filters">Clear one of them to see more.</EmptyState>
  if (clusters === 0)
    return (
      <EmptyState
        icon={<Waypoints aria-hidden />}
        title="No cluster yet"
        command="fairlead cluster add staging --kubeconfig ~/.kube/config"
        action={
          <Button variant="primary" href="/settings/clusters/register">
            Register cluster
          </Button>
        }
      >
        Services and Ingresses appear here as soon as Fairlead watches a cluster.
      </EmptyState>
    )
  return (
    <EmptyState
      icon={<Waypoints aria-hidden />}
      title="No entry that you may see"
      command="kubectl get services,ingresses -A"
    >
      None of the watched clusters has a Service, Ingress or Gateway in a namespace that your projects cover.
      Compare with:
    </EmptyState>
  )
}
