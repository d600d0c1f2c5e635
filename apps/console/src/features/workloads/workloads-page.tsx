'use client'

import type { ClusterCard } from '@fairlead/contracts/cluster'
import type { ObjectRow } from '@fairlead/contracts/inventory'
import { watchedKinds } from '@fairlead/contracts/kinds'
import { DataTable } from '@fairlead/ui/data-table'
import { FilterInput } from '@fairlead/ui/filter-input'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useRouter } from 'next/navigation'
import { useCallback, useDeferredValue, useMemo } from 'react'
import { useFleet } from '@/features/clusters/use-clusters'
import { isStale } from '@/features/clusters/is-stale'
import { customHref } from '@/features/custom/addresses'
import { useTextParam } from '@/features/fleet/use-text-param'
import { FaultState } from '@/live/fault-state'
import { DeniedNotice } from './denied-notice'
import { KindTabs, kindTitle } from './kind-tabs'
import { objectHref } from './object-address'
import { objectColumns } from './object-columns'
import { useNarrow } from './use-narrow'
import { useObjects } from './use-objects'
import { useRowsInView } from './use-rows-in-view'
import { useViewState } from './use-view-state'
import { ViewFilters } from './view-filters'
import { NoRows } from './no-rows'

export function WorkloadsPage() {
  const view = useViewState()
  return (
    <>
      <PageHeader title="Workloads" className="pb-2" />
      <KindTabs current={view.kind} onKind={view.setKind} />
      <ObjectsTable key={view.kind} view={view} />
    </>
  )
}

/** Letters that open the active row at the place they name. */
const tabKeys: Record<string, string> = { l: 'logs', y: 'yaml', e: 'events', p: 'pods', d: 'overview' }

function ObjectsTable({ view }: { view: ReturnType<typeof useViewState> }) {
  const { kind, chosen, sort } = view
  const objects = useObjects(kind)
  const clusters = useClusterIndex()
  const [text, setText] = useTextParam('q')
  const wanted = useDeferredValue(text)
  const rows = useDeferredValue(objects.rows)
  const { inView, counts } = useRowsInView({ rows, chosen, sort, text: wanted, clusterName: clusters.nameOf })
  const narrow = useNarrow()
  const columns = useMemo(
    () => objectColumns(kind, { cluster: clusters.find, isStale: clusters.isStale, narrow }),
    [kind, clusters, narrow],
  )
  const router = useRouter()
  const hrefOf = useCallback((row: ObjectRow) => hrefOfRow(row, clusters.nameOf), [clusters])
  const openTab = (key: string, row: ObjectRow) => {
    const tab = tabKeys[key]
    if (tab !== undefined) router.push(objectHref({ ...row, cluster: clusters.nameOf(row.clusterId) }, tab))
  }
  return (
    <section aria-label={kindTitle(kind)} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <FilterInput
          label={`Filter ${watchedKinds[kind].plural}`}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <ViewFilters kind={kind} counts={counts} chosen={chosen} onChoose={view.choose} />
        <Count shown={inView.length} objects={objects} />
      </div>
      <DeniedNotice denied={objects.denied} clusterName={clusters.nameOf} />
      {objects.loaded ? (
        <DataTable
          label={kindTitle(kind)}
          rows={inView}
          columns={columns}
          rowKey={rowKey}
          rowHref={hrefOf}
          rowStale={clusters.isStale}
          sort={sort}
          onSortChange={view.setSort}
          onRowKey={openTab}
          className="max-h-[calc(100dvh-13rem)] max-md:max-h-[calc(100dvh-18rem)]"
          empty={
            <NoRows
              kind={kind}
              filtered={objects.rows.length > 0}
              clusters={clusters.count}
              denied={objects.denied}
            />
          }
        />
      ) : objects.error ? (
        <FaultState
          what={`The ${watchedKinds[kind].plural} could not be loaded.`}
          error={objects.error}
          right="inventory.view"
          onRetry={objects.retry}
          retrying={objects.retrying}
        />
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          <SkeletonRows rows={12} label={`Loading ${watchedKinds[kind].plural}`} />
        </div>
      )}
    </section>
  )
}

const rowKey = (row: ObjectRow) => row.uid

function hrefOfRow(row: ObjectRow, nameOf: (id: string) => string): string | undefined {
  const cluster = nameOf(row.clusterId)
  const { kind, namespace, name } = row
  if (kind === 'Namespace') return `/workloads?cluster=${cluster}&namespace=${name}`
  if (kind === 'CustomResourceDefinition') return customHref({ cluster, definition: name })
  return objectHref({ cluster, kind, namespace, name })
}

function useClusterIndex() {
  const { data } = useFleet()
  return useMemo(() => {
    const byId = new Map<string, ClusterCard>(data?.clusters.map((cluster) => [cluster.id, cluster]))
    return {
      count: data?.clusters.length,
      find: (id: string) => byId.get(id),
      nameOf: (id: string) => byId.get(id)?.name ?? id,
      isStale: (row: ObjectRow) => {
        const cluster = byId.get(row.clusterId)
        return cluster !== undefined && isStale(cluster.freshness)
      },
    }
  }, [data])
}

type CountProps = { shown: number; objects: ReturnType<typeof useObjects> }

function Count({ shown, objects }: CountProps) {
  if (!objects.loaded) return null
  const of = shown === objects.total ? '' : ` of ${objects.total.toLocaleString('en')}`
  return (
    <span role="status" className="ml-auto text-xs whitespace-nowrap text-muted">
      {shown.toLocaleString('en')}
      {of}
      {objects.loadingMore ? ', loading the rest…' : ''}
    </span>
  )
}
