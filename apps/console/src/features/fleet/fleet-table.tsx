'use client'

import type { ClusterCard } from '@fairlead/contracts/cluster'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column, Sort } from '@fairlead/ui/table-column'
import { StatusMark } from '@fairlead/ui/status-mark'
import { useMemo, useState } from 'react'
import { EnvironmentBadge } from '@/features/clusters/environment-badge'
import { CapacityBar } from '@/features/clusters/capacity-bar'
import { clusterHref, ClusterMark } from '@/features/clusters/cluster-mark'
import { podParts, workloadParts } from '@/features/clusters/cluster-parts'
import { PartsBar } from '@/features/clusters/parts-bar'
import { bytesText, coresText } from '@/features/clusters/quantity'
import { isStale } from '@/features/clusters/is-stale'
import { SourceMark } from '@/features/clusters/source-mark'

type FleetTableProps = { clusters: readonly ClusterCard[]; className?: string | undefined }

/** Hundreds of clusters as rows: sorted by what is wrong, if so wanted. */
export function FleetTable({ clusters, className }: FleetTableProps) {
  const [sort, setSort] = useState<Sort | null>(null)
  const rows = useMemo(() => sorted(clusters, sort), [clusters, sort])
  return (
    <DataTable
      label="Clusters"
      rows={rows}
      columns={columns}
      rowKey={(cluster) => cluster.id}
      rowHref={(cluster) => clusterHref(cluster.name)}
      rowStale={(cluster) => isStale(cluster.freshness)}
      sort={sort}
      onSortChange={setSort}
      rowHeight={36}
      className={className}
    />
  )
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0)

const sortValue: Record<string, (cluster: ClusterCard) => string | number> = {
  name: ({ name }) => name,
  environment: ({ environment }) => environment,
  freshness: ({ freshness }) => freshness.lastSeenAt ?? '',
  version: ({ version }) => version ?? '',
  nodes: ({ nodes }) => (nodes === null ? 0 : nodes.ready - nodes.total),
  cpu: ({ capacity }) => share(capacity.cpuRequested, capacity.cpuAllocatable),
  memory: ({ capacity }) => share(capacity.memoryRequested, capacity.memoryAllocatable),
  workloads: ({ workloads }) => workloads.degraded * 1_000_000 + workloads.converging,
  pods: ({ pods }) => pods.failing * 1_000_000 + pods.pending,
}

function sorted(clusters: readonly ClusterCard[], sort: Sort | null): readonly ClusterCard[] {
  const value = sort ? sortValue[sort.column] : undefined
  if (!sort || !value) return clusters
  const sign = sort.direction === 'ascending' ? 1 : -1
  return [...clusters].sort((a, b) => {
    const [left, right] = [value(a), value(b)]
    return left === right ? 0 : left < right ? -sign : sign
  })
}

const columns: Column<ClusterCard>[] = [
  {
    id: 'name',
    header: 'Cluster',
    sortable: true,
    cell: (cluster) => <ClusterMark cluster={cluster} compact href={null} />,
  },
  {
    id: 'environment',
    header: 'Environment',
    width: 115,
    sortable: true,
    cell: ({ environment }) => <EnvironmentBadge environment={environment} />,
  },
  {
    id: 'freshness',
    header: 'Seen',
    width: 225,
    sortable: true,
    cell: ({ freshness, provisioning }) =>
      provisioning ? (
        <StatusMark tone="progress" word={provisioning.step} />
      ) : (
        <SourceMark freshness={freshness} />
      ),
  },
  {
    id: 'version',
    header: 'Version',
    width: 90,
    sortable: true,
    cell: ({ version }) => <span className="font-mono text-xs">{version ?? '–'}</span>,
  },
  {
    id: 'nodes',
    header: 'Nodes',
    width: 85,
    sortable: true,
    align: 'end',
    cell: ({ nodes }) =>
      nodes === null ? (
        <span title="The credential may not list nodes" className="text-faint">
          ?
        </span>
      ) : (
        <>
          <span className={nodes.ready < nodes.total ? 'font-medium text-fail' : ''}>{nodes.ready}</span>
          <span className="text-faint">/{nodes.total}</span>
        </>
      ),
  },
  {
    id: 'cpu',
    header: 'CPU',
    width: 105,
    sortable: true,
    cell: ({ capacity }) => (
      <CapacityBar
        compact
        label="CPU"
        used={capacity.cpuRequested}
        of={capacity.cpuAllocatable}
        text={coresText}
      />
    ),
  },
  {
    id: 'memory',
    header: 'Memory',
    width: 105,
    sortable: true,
    cell: ({ capacity }) => (
      <CapacityBar
        compact
        label="Memory"
        used={capacity.memoryRequested}
        of={capacity.memoryAllocatable}
        text={bytesText}
      />
    ),
  },
  {
    id: 'workloads',
    header: 'Workloads',
    width: 148,
    sortable: true,
    cell: (cluster) => <Counts of={cluster} label="Workloads" parts={workloadParts(cluster)} />,
  },
  {
    id: 'pods',
    header: 'Pods',
    width: 148,
    sortable: true,
    cell: (cluster) => <Counts of={cluster} label="Pods" parts={podParts(cluster)} />,
  },
]

type CountsProps = { of: ClusterCard; label: string; parts: Parameters<typeof PartsBar>[0]['parts'] }

function Counts({ of, label, parts }: CountsProps) {
  const total = parts.reduce((sum, { count }) => sum + count, 0)
  const bad = parts.find(({ tone, count }) => tone === 'failing' && count > 0)
  return (
    <span className="flex items-center gap-2">
      <span className="w-9 shrink-0 text-right">{total}</span>
      <PartsBar
        hideWords
        label={label}
        parts={parts}
        stale={isStale(of.freshness)}
        className="w-14 shrink-0"
      />
      {bad ? (
        <span className="truncate text-xs text-fail">
          {bad.count} {bad.word}
        </span>
      ) : null}
    </span>
  )
}
