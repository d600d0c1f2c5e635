'use client'

import { kindOfWord } from '@fairlead/contracts/kinds'
import type { EventRow } from '@fairlead/contracts/inventory'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { EmptyState } from '@fairlead/ui/empty-state'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { objectHref } from '@/features/workloads/object-address'
import { EventType } from './event-type'

type EventsTableProps = {
  events: readonly EventRow[]
  /** Name of the cluster they are from, for links to what they are about. */
  cluster: string
  keyboard?: boolean
}

/** Kept past the hour that the cluster keeps them. Counts are lower bounds: sources aggregate. */
export function EventsTable({ events, cluster, keyboard }: EventsTableProps) {
  return (
    <DataTable
      label="Events"
      rows={events}
      columns={columns}
      rowKey={(event) => event.uid}
      rowHref={(event) => {
        const kind = kindOfWord(event.objectKind)
        if (kind === undefined || kind === 'Event') return undefined
        return objectHref({ cluster, kind, namespace: event.namespace, name: event.objectName })
      }}
      keyboard={keyboard ?? true}
      empty={<EmptyState title="No event">Nothing noteworthy happened here lately.</EmptyState>}
    />
  )
}

const columns: Column<EventRow>[] = [
  {
    id: 'object',
    header: 'Object',
    width: 260,
    cell: ({ objectKind, objectName }) => (
      <span title={`${objectKind}/${objectName}`}>
        <span className="text-muted">{objectKind.toLowerCase()}/</span>
        <span className="font-medium">{objectName}</span>
      </span>
    ),
  },
  {
    id: 'type',
    header: 'Type',
    width: 105,
    cell: ({ type }) => <EventType type={type} />,
  },
  { id: 'reason', header: 'Reason', width: 160, cell: ({ reason }) => reason },
  { id: 'message', header: 'Message', cell: ({ message }) => <span title={message}>{message}</span> },
  {
    id: 'count',
    header: 'Count',
    width: 75,
    align: 'end',
    cell: ({ count }) => (count > 1 ? <span title="At least: sources aggregate">≥ {count}</span> : count),
  },
  {
    id: 'last',
    header: 'Last seen',
    width: 110,
    align: 'end',
    cell: ({ lastAt }) => <RelativeTime at={lastAt} className="text-muted" />,
  },
]
