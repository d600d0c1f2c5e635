import type { GraphTask, RunTask } from '@fairlead/contracts/workflow'
import type { Column } from '@fairlead/ui/table-column'
import { Duration } from '@fairlead/ui/duration'
import { exactText } from '@fairlead/ui/time-text'
import { ClusterNamed } from './cluster-named'
import { IndexBar } from './index-bar'
import { KindIcon } from './kind-icon'
import { TaskStateMark } from '@/features/workflows/states'

export function taskColumns(graph: readonly GraphTask[]): readonly Column<RunTask>[] {
  const nodes = new Map(graph.map((node) => [node.id, node]))
  return [
    {
      id: 'task',
      header: 'Task',
      width: 240,
      cell: ({ id }) => (
        <span className="flex min-w-0 items-center gap-2">
          <KindIcon node={nodes.get(id)} />
          <span className="truncate font-medium" title={nodes.get(id)?.summary}>
            {id}
          </span>
        </span>
      ),
    },
    ...columns,
  ]
}

const columns: readonly Column<RunTask>[] = [
  {
    id: 'state',
    header: 'State',
    width: 168,
    cell: ({ state }) => <TaskStateMark state={state} className="text-xs" />,
  },
  {
    id: 'indexes',
    header: 'Indexes',
    width: 150,
    cell: ({ indexes }) => (indexes ? <IndexBar indexes={indexes} /> : <span className="text-faint">–</span>),
  },
  {
    id: 'attempts',
    header: 'Attempts',
    width: 76,
    align: 'end',
    cell: ({ attempts }) => <span className={attempts > 1 ? '' : 'text-muted'}>{attempts || '–'}</span>,
  },
  {
    id: 'cluster',
    header: 'Cluster',
    width: 140,
    cell: ({ cluster }) =>
      cluster ? <ClusterNamed name={cluster} href={null} /> : <span className="text-faint">–</span>,
  },
  {
    id: 'reason',
    header: 'Reason',
    cell: ({ reason }) => (
      <span className="truncate text-muted" title={reason}>
        {reason || '–'}
      </span>
    ),
  },
  {
    id: 'waited',
    header: 'Waited',
    width: 72,
    align: 'end',
    cell: ({ readyAt, startedAt, finishedAt }) =>
      readyAt === null || (startedAt !== null && startedAt < readyAt) ? (
        <span className="text-faint">–</span>
      ) : (
        <span title={`Ready ${exactText(new Date(readyAt))}`}>
          <Duration from={readyAt} to={startedAt ?? finishedAt} className="text-xs text-muted" />
        </span>
      ),
  },
  {
    id: 'ran',
    header: 'Ran',
    width: 72,
    align: 'end',
    cell: ({ startedAt, finishedAt }) =>
      startedAt === null ? (
        <span className="text-faint">–</span>
      ) : (
        <span title={`Started ${exactText(new Date(startedAt))}`}>
          <Duration from={startedAt} to={finishedAt} className="text-xs text-muted" />
        </span>
      ),
  },
]
