'use client'

import type { TaskInstanceRow } from '@fairlead/contracts/airflow'
import { DataTable } from '@fairlead/ui/data-table'
import { Duration } from '@fairlead/ui/duration'
import { EmptyState } from '@fairlead/ui/empty-state'
import { RelativeTime } from '@fairlead/ui/relative-time'
import type { Column } from '@fairlead/ui/table-column'
import { ListChecks } from 'lucide-react'
import { dagRunHref, type DagRunPlace } from '../addresses'
import { AirflowStateMark } from '../states'
import { instanceName } from './instance-name'
import { useTaskPanel } from './use-task-panel'

type InstancesTableProps = { place: DagRunPlace; instances: readonly TaskInstanceRow[] }

export function InstancesTable({ place, instances }: InstancesTableProps) {
  const { open, setTab } = useTaskPanel()
  return (
    <DataTable
      label="Task instances"
      rows={instances}
      columns={columns}
      rowKey={instanceName}
      rowHref={({ task, mapIndex }) => dagRunHref(place, { task, mapIndex })}
      onRowKey={(key, { task, mapIndex }) => {
        if (key !== 'l') return
        open(task, mapIndex)
        setTab('logs')
      }}
      rowHeight={36}
      className="max-h-[calc(100dvh-18rem)] min-h-40"
      empty={
        <EmptyState title="No task instance yet" icon={<ListChecks aria-hidden />}>
          Airflow makes them when the run begins.
        </EmptyState>
      }
    />
  )
}

const columns: readonly Column<TaskInstanceRow>[] = [
  {
    id: 'task',
    header: 'Task',
    cell: (instance) => (
      <span className="truncate font-mono text-xs" title={instanceName(instance)}>
        {instanceName(instance)}
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 170,
    cell: ({ state }) => <AirflowStateMark state={state} className="text-xs" />,
  },
  {
    id: 'try',
    header: 'Try',
    width: 80,
    align: 'end',
    cell: ({ tryNumber, maxTries }) => (
      <span title={`${maxTries} retries in all`}>{tryNumber === 0 ? '–' : tryNumber}</span>
    ),
  },
  {
    id: 'started',
    header: 'Started',
    width: 110,
    cell: ({ startedAt }) =>
      startedAt === null ? (
        <span className="text-faint">–</span>
      ) : (
        <RelativeTime at={startedAt} className="text-muted" />
      ),
  },
  {
    id: 'took',
    header: 'Took',
    width: 84,
    align: 'end',
    cell: ({ startedAt, endedAt }) =>
      startedAt === null ? (
        <span className="text-faint">–</span>
      ) : (
        <Duration from={startedAt} to={endedAt} className="text-xs text-muted" />
      ),
  },
  { id: 'operator', header: 'Operator', width: 180, cell: ({ operator }) => operator ?? '–' },
  {
    id: 'pool',
    header: 'Pool',
    width: 140,
    cell: ({ pool }) => <span className="truncate text-muted">{pool ?? '–'}</span>,
  },
]
