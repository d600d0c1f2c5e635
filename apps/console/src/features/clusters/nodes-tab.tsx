'use client'

import type { ClusterDetail, ClusterIdentity, NodeRow } from '@fairlead/contracts/cluster'
import { Badge } from '@fairlead/ui/badge'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { Duration } from '@fairlead/ui/duration'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'
import { useMemo } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { Drains } from '@/features/hands/drain-card'
import { HandMenu } from '@/features/hands/hand-menu'
import { targetOf } from '@/features/hands/hand-target'
import { objectHref } from '@/features/workloads/object-address'
import { CapacityBar } from './capacity-bar'
import { bytesText, coresText, countText } from './quantity'
import { isStale } from './is-stale'
import { notMeasured } from './node-capacity'

/** What each node has promised of what it can give; pressure and taints in words. */
export default function NodesTab({ detail }: { detail: ClusterDetail }) {
  const { cluster, nodes } = detail
  const stale = isStale(cluster.freshness)
  const [text, setText] = useTextParam('q')
  const wanted = text.trim().toLowerCase()
  const rows = useMemo(
    () => nodes.filter((node) => `${node.name} ${node.status} ${node.roles}`.toLowerCase().includes(wanted)),
    [nodes, wanted],
  )
  const measured = nodes.some(({ usage }) => usage !== null)
  const columns = useMemo(
    () => [...columnsFor(stale, measured), actionsOf(cluster)],
    [stale, measured, cluster],
  )
  return (
    <div className="flex flex-col gap-3">
      <Drains cluster={cluster.id} />
      <FilterInput label="Filter nodes" value={text} onChange={(event) => setText(event.target.value)} />
      {measured || nodes.length === 0 ? null : <p className="text-xs text-muted">{notMeasured(detail)}</p>}
      <DataTable
        label="Nodes"
        rows={rows}
        columns={columns}
        rowKey={(node) => node.uid}
        rowHref={(node) =>
          objectHref({ cluster: cluster.name, kind: 'Node', namespace: null, name: node.name })
        }
        rowStale={() => stale}
        rowHeight={36}
        empty={<NoNode detail={detail} />}
      />
    </div>
  )
}

function NoNode({ detail: { nodes, sources } }: { detail: ClusterDetail }) {
  const source = sources.find(({ kind }) => kind === 'Node')
  if (nodes.length > 0) return <EmptyState title="No node matches the filter" />
  if (source?.state === 'forbidden') return <EmptyState title="Not permitted">{source.message}</EmptyState>
  return <EmptyState title="No node seen yet" />
}

const toneOf = ({ status }: NodeRow, stale: boolean): Tone => {
  if (stale || status.startsWith('Unknown')) return 'unknown'
  if (status.startsWith('NotReady')) return 'failing'
  return status.includes('SchedulingDisabled') ? 'paused' : 'ok'
}

/** Conditions other than Ready are fine when False. */
function Troubles({ of: node }: { of: NodeRow }) {
  const troubles = node.conditions.filter(({ type, status }) => type !== 'Ready' && status === 'True')
  if (troubles.length === 0) return null
  return (
    <span className="text-progress" title={troubles.map(({ message }) => message).join('\n')}>
      {troubles.map(({ type }) => type).join(', ')}
    </span>
  )
}

const actionsOf = (cluster: ClusterIdentity): Column<NodeRow> => ({
  id: 'actions',
  header: <span className="sr-only">Actions</span>,
  width: 48,
  align: 'end',
  cell: ({ uid, name, status }) => (
    <HandMenu
      target={targetOf({ kind: 'Node', namespace: null, name, uid, cells: { Status: status } }, { cluster })}
    />
  ),
})

interface Used {
  readonly label: string
  readonly used: (usage: NonNullable<NodeRow['usage']>) => number
  readonly of: (node: NodeRow) => number
  readonly text: (value: number) => string
}

/** Shown where the cluster measures; a node that was not measured says so. */
const usedColumn = ({ label, used, of, text }: Used): Column<NodeRow> => ({
  id: `${label} used`,
  header: `${label} used`,
  width: 125,
  cell: (node) =>
    node.usage === null ? (
      <span className="text-faint">not measured</span>
    ) : (
      <span title={`Measured ${node.usage.at}`}>
        <CapacityBar compact label={label} verb="used" used={used(node.usage)} of={of(node)} text={text} />
      </span>
    ),
})
const usedColumns = [
  usedColumn({
    label: 'CPU',
    used: ({ cpuMillis }) => cpuMillis,
    of: ({ cpuAllocatable }) => cpuAllocatable,
    text: coresText,
  }),
  usedColumn({
    label: 'Memory',
    used: ({ memoryBytes }) => memoryBytes,
    of: ({ memoryAllocatable }) => memoryAllocatable,
    text: bytesText,
  }),
]

const columnsFor = (stale: boolean, measured: boolean): Column<NodeRow>[] => [
  { id: 'name', header: 'Name', cell: (node) => <span className="font-medium">{node.name}</span> },
  {
    id: 'status',
    header: 'Status',
    width: 180,
    cell: (node) => (
      <StatusMark tone={toneOf(node, stale)} word={node.status} reason={<Troubles of={node} />} />
    ),
  },
  { id: 'roles', header: 'Roles', width: 110, cell: (node) => node.roles },
  {
    id: 'cpu',
    header: 'CPU requested',
    width: 130,
    cell: (node) => (
      <CapacityBar compact label="CPU" used={node.cpuRequested} of={node.cpuAllocatable} text={coresText} />
    ),
  },
  {
    id: 'memory',
    header: 'Memory requested',
    width: 140,
    cell: (node) => (
      <CapacityBar
        compact
        label="Memory"
        used={node.memoryRequested}
        of={node.memoryAllocatable}
        text={bytesText}
      />
    ),
  },
  ...(measured ? usedColumns : []),
  {
    id: 'pods',
    header: 'Pods',
    width: 115,
    cell: (node) => (
      <CapacityBar compact label="Pods" used={node.pods} of={node.podsAllocatable} text={countText} />
    ),
  },
  {
    id: 'taints',
    header: 'Taints',
    width: 140,
    cell: (node) =>
      node.taints.length === 0 ? (
        <span className="text-faint">none</span>
      ) : (
        <Badge mono title={node.taints.join('\n')}>
          {node.taints.length === 1 ? node.taints[0] : `${node.taints.length} taints`}
        </Badge>
      ),
  },
  {
    id: 'version',
    header: 'Version',
    width: 90,
    cell: (node) => <span className="font-mono text-xs">{node.version}</span>,
  },
  { id: 'age', header: 'Age', width: 75, align: 'end', cell: (node) => <Duration from={node.createdAt} /> },
]
