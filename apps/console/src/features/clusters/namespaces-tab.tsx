'use client'

import type { ClusterDetail } from '@fairlead/contracts/cluster'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { Duration } from '@fairlead/ui/duration'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { StatusMark } from '@fairlead/ui/status-mark'
import { useMemo } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { isStale } from './is-stale'

type Namespace = ClusterDetail['namespaces'][number]

export default function NamespacesTab({ detail }: { detail: ClusterDetail }) {
  const { cluster, namespaces } = detail
  const stale = isStale(cluster.freshness)
  const [text, setText] = useTextParam('q')
  const wanted = text.trim().toLowerCase()
  const rows = useMemo(() => namespaces.filter(({ name }) => name.includes(wanted)), [namespaces, wanted])
  return (
    <div className="flex flex-col gap-3">
      <FilterInput label="Filter namespaces" value={text} onChange={(event) => setText(event.target.value)} />
      <DataTable
        label="Namespaces"
        rows={rows}
        columns={stale ? staleColumns : columns}
        rowKey={({ name }) => name}
        rowHref={({ name }) =>
          `/workloads?cluster=${encodeURIComponent(cluster.name)}&namespace=${encodeURIComponent(name)}`
        }
        rowStale={() => stale}
        empty={
          <EmptyState
            title={
              namespaces.length === 0 ? 'No namespace that you may see' : 'No namespace matches the filter'
            }
          />
        }
      />
    </div>
  )
}

const columnsWith = (stale: boolean): Column<Namespace>[] => [
  { id: 'name', header: 'Name', cell: ({ name }) => <span className="font-medium">{name}</span> },
  {
    id: 'status',
    header: 'Status',
    width: 140,
    cell: ({ status }) =>
      status === null ? (
        <span title="The credential may not list namespaces: this one is known by what was seen in it.">
          <StatusMark tone="unknown" word="Not listed" />
        </span>
      ) : (
        <StatusMark tone={stale ? 'unknown' : status === 'Active' ? 'ok' : 'progress'} word={status} />
      ),
  },
  { id: 'workloads', header: 'Workloads', width: 110, align: 'end', cell: ({ workloads }) => workloads },
  { id: 'pods', header: 'Pods', width: 90, align: 'end', cell: ({ pods }) => pods },
  {
    id: 'age',
    header: 'Age',
    width: 90,
    align: 'end',
    cell: ({ createdAt }) => (createdAt === null ? '–' : <Duration from={createdAt} />),
  },
]
const columns = columnsWith(false)
const staleColumns = columnsWith(true)
