import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import type { ObjectRow } from '@fairlead/contracts/inventory'
import { hands, isFor, type Hand } from '@fairlead/contracts/hand-states'
import { labelKeys } from '@fairlead/contracts/labels'
import { columnsOf, watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import type { Column } from '@fairlead/ui/table-column'
import { Duration } from '@fairlead/ui/duration'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { EventType } from '@/features/clusters/event-type'
import { HandMenu } from '@/features/hands/hand-menu'
import { targetOf } from '@/features/hands/hand-target'
import { ReplicaCell } from './replica-cell'
import { Restarts } from './restarts'
import { stateOf } from './row-words'

export interface ColumnContext {
  readonly cluster: (id: string) => ClusterIdentity | undefined
  readonly isStale: (row: ObjectRow) => boolean
  readonly narrow: boolean
}

const widths: Record<string, number> = {
  Ready: 85,
  Status: 170,
  Restarts: 115,
  IP: 125,
  Node: 150,
  Roles: 130,
  Version: 100,
  Type: 120,
  'Cluster-IP': 125,
  'External-IP': 130,
  'Port(s)': 170,
  'Last Seen': 90,
  Reason: 150,
  Object: 240,
  Message: 420,
  'Up-to-date': 110,
  Available: 100,
  Desired: 85,
  Current: 85,
  Completions: 115,
  Duration: 90,
  Schedule: 130,
  Timezone: 110,
  Suspend: 90,
  Active: 75,
  'Last Schedule': 125,
  'Node Selector': 150,
  AddressType: 115,
  Ports: 120,
  Endpoints: 220,
}
const counts = new Set(['Up-to-date', 'Available', 'Desired', 'Current', 'Active'])

/** kubectl's columns in kubectl's order, with the cluster beside the name and the verdict before the numbers. */
export function objectColumns(kind: WatchedKind, context: ColumnContext): Column<ObjectRow>[] {
  const columns = [
    nameColumn(kind),
    clusterColumn(context),
    ...(watchedKinds[kind].namespaced ? [namespaceColumn] : []),
    ...(watchedKinds[kind].workload ? [verdictColumn(context)] : []),
    ...(hasReplicas(kind) ? [replicasColumn(context)] : []),
    ...columnsOf[kind].map((name) => cellColumn(name, context)),
    ...(kind === 'Event' ? [] : [ageColumn]),
    ...(watchedKinds[kind].workload || kind === 'ReplicaSet' ? [imagesColumn] : []),
    ...(hasHands(kind) && !context.narrow ? [actionsColumn(context)] : []),
  ]
  return context.narrow ? stateFirst(columns) : columns
}

/** A phone shows two columns: the name, and how it is. */
function stateFirst(columns: Column<ObjectRow>[]): Column<ObjectRow>[] {
  const isState = ({ id }: Column<ObjectRow>) => id === 'state' || id === 'Status'
  const [name, ...rest] = columns
  return name ? [name, ...rest.filter(isState), ...rest.filter((column) => !isState(column))] : columns
}

const hasReplicas = (kind: WatchedKind) =>
  kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet'

const nameColumn = (kind: WatchedKind): Column<ObjectRow> => ({
  id: 'name',
  header: 'Name',
  sortable: true,
  ...(kind === 'Event' ? { width: 240 } : {}),
  cell: (row) => (
    <span className="font-medium" title={row.name}>
      {row.name}
    </span>
  ),
})

const clusterColumn = ({ cluster }: ColumnContext): Column<ObjectRow> => ({
  id: 'cluster',
  header: 'Cluster',
  width: 140,
  sortable: true,
  cell: (row) => {
    const identity = cluster(row.clusterId)
    return identity ? (
      <ClusterMark cluster={identity} compact href={null} />
    ) : (
      <span className="text-faint">–</span>
    )
  },
})

const namespaceColumn: Column<ObjectRow> = {
  id: 'namespace',
  header: 'Namespace',
  width: 120,
  sortable: true,
  cell: (row) => <span title={row.namespace ?? ''}>{row.namespace}</span>,
}

const verdictColumn = ({ isStale }: ColumnContext): Column<ObjectRow> => ({
  id: 'state',
  header: 'State',
  width: 225,
  sortable: true,
  cell: (row) => {
    const state = stateOf(row)
    if (!state) return null
    const message = row.verdict?.message
    return (
      <span title={message}>
        <StatusMark
          tone={isStale(row) ? 'unknown' : state.tone}
          word={state.word}
          reason={row.verdict?.state === 'converged' ? undefined : message}
        />
      </span>
    )
  },
})

const replicasColumn = ({ isStale }: ColumnContext): Column<ObjectRow> => ({
  id: 'replicas',
  header: 'Actual → desired',
  width: 145,
  sortable: true,
  cell: (row) => (row.verdict?.replicas ? <ReplicaCell verdict={row.verdict} stale={isStale(row)} /> : null),
})

const cellColumn = (name: string, { isStale }: ColumnContext): Column<ObjectRow> => ({
  id: name,
  header: name,
  width: widths[name] ?? 130,
  sortable: true,
  ...(counts.has(name) ? { align: 'end' as const } : {}),
  cell: (row) => {
    const text = row.cells[name] ?? ''
    if (name === 'Type' && row.kind === 'Event') return <EventType type={text} />
    if (name === 'Restarts') return <Restarts row={row} />
    if (name === 'Status' && !row.verdict) {
      const state = stateOf(row)
      return state ? <StatusMark tone={isStale(row) ? 'unknown' : state.tone} word={text} /> : null
    }
    if (name === 'Last Seen') return <RelativeTime at={text} className="text-muted" />
    return (
      <span title={text} className={text === '<none>' ? 'text-faint' : undefined}>
        {text}
      </span>
    )
  },
})

/** The part people tell versions by: `web:2.4.1`, without the registry in front. */
const shortImage = (image: string): string => {
  const reference = image.slice(image.indexOf('=') + 1)
  const path = reference.split('/').at(-1) ?? reference
  return path.replace(/@sha256:([0-9a-f]{12})[0-9a-f]*/, '@$1')
}

const imagesColumn: Column<ObjectRow> = {
  id: 'images',
  header: 'Images',
  width: 170,
  cell: (row) => (
    <span className="font-mono text-xs text-muted" title={row.images.join('\n')}>
      {row.images.map(shortImage).join(', ')}
    </span>
  ),
}

const ageColumn: Column<ObjectRow> = {
  id: 'age',
  header: 'Age',
  width: 78,
  align: 'end',
  sortable: true,
  cell: (row) => <Duration from={row.createdAt} className="text-muted" />,
}

const hasHands = (kind: WatchedKind): boolean =>
  (Object.keys(hands) as Hand[]).some((hand) => isFor(hand, kind))

const actionsColumn = ({ cluster }: ColumnContext): Column<ObjectRow> => ({
  id: 'actions',
  header: <span className="sr-only">Actions</span>,
  width: 48,
  align: 'end',
  cell: (row) => {
    const identity = cluster(row.clusterId)
    return identity ? (
      <HandMenu
        target={targetOf(row, {
          cluster: identity,
          replicas: row.verdict?.replicas?.desired ?? null,
          application: row.labels[labelKeys.application] ?? null,
        })}
      />
    ) : null
  },
})
