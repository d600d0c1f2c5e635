'use client'

import type { RunId } from '@fairlead/contracts/ids'
import type { RunTask, RunView, TaskView } from '@fairlead/contracts/workflow'
import { taskStates } from '@fairlead/contracts/workflow-states'
import { Button } from '@fairlead/ui/button'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { Duration } from '@fairlead/ui/duration'
import { EmptyState } from '@fairlead/ui/empty-state'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Segments } from '@/features/fleet/segments'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { runHref } from './addresses'
import { ClusterNamed } from './cluster-named'
import { groupOf, indexGroups, type IndexGroup } from './index-groups'
import { OpensTasks } from './opens-tasks'
import { TaskStateMark } from '@/features/workflows/states'

const atOnce = 1_000

/** The indexes of a fan-out, as many as have been asked for; what failed is one press away. */
export function TaskIndexes({ run, task }: { run: RunView; task: TaskView }) {
  const [after, setAfter] = useState(-1)
  const [group, setGroup] = useState<IndexGroup>('all')
  const indexes = useQuery(
    useTRPC().run.indexes.queryOptions({ run: run.id as RunId, task: task.id, after, limit: atOnce }),
  )
  const tasks = indexes.data?.tasks
  const rows = useMemo(
    () => (tasks ?? []).filter(({ state }) => group === 'all' || groupOf(state) === group),
    [tasks, group],
  )
  if (task.indexes?.size === 0)
    return (
      <EmptyState title="The list was empty" className="rounded-lg border border-line bg-surface">
        There was nothing to run once for each of. Its outputs are an empty list.
      </EmptyState>
    )
  if (indexes.isError)
    return <FaultState what="The indexes could not be loaded." error={indexes.error} right="project.view" />
  if (!indexes.data) return <SkeletonRows rows={10} label="Loading the indexes" />
  const { total } = indexes.data
  if (total === 0)
    return (
      <EmptyState title="Not expanded yet" className="rounded-lg border border-line bg-surface">
        The list is worked out once, when the task is ready: {task.reason || 'its upstream tasks come first.'}
      </EmptyState>
    )
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-3">
        <Segments
          label="Which indexes"
          value={group}
          onChange={(next) => setGroup(next as IndexGroup)}
          options={indexGroups.map((value) => ({
            value,
            label: value,
            count:
              value === 'all'
                ? indexes.data.tasks.length
                : indexes.data.tasks.filter(({ state }) => groupOf(state) === value).length,
          }))}
        />
        <Paging after={after} shown={indexes.data.tasks} total={total} onAfter={setAfter} />
      </div>
      <OpensTasks>
        <DataTable
          label="Indexes"
          rows={rows}
          columns={columns}
          rowKey={({ index }) => String(index)}
          rowHref={({ index }) => runHref(run.id, { task: task.id, index })}
          rowHeight={32}
          keyboard={false}
          className="max-h-[calc(100dvh-19rem)]"
          empty={<EmptyState title={group === 'failed' ? 'No index has failed' : 'No such index'} />}
        />
      </OpensTasks>
    </div>
  )
}

type PagingProps = {
  after: number
  shown: readonly RunTask[]
  total: number
  onAfter: (after: number) => void
}

function Paging({ after, shown, total, onAfter }: PagingProps) {
  const last = shown.at(-1)?.index ?? -1
  if (total <= atOnce) return null
  return (
    <span className="ml-auto flex items-center gap-2 text-xs text-muted">
      {(after + 1).toLocaleString('en')} to {last.toLocaleString('en')} of {total.toLocaleString('en')}
      <Button
        size="sm"
        disabledReason={after < 0 ? 'These are the first.' : null}
        onClick={() => onAfter(Math.max(-1, after - atOnce))}
      >
        Previous
      </Button>
      <Button
        size="sm"
        disabledReason={last >= total - 1 ? 'These are the last.' : null}
        onClick={() => onAfter(last)}
      >
        Next
      </Button>
    </span>
  )
}

const columns: readonly Column<RunTask>[] = [
  {
    id: 'index',
    header: 'Index',
    width: 84,
    cell: ({ index }) => <span className="font-mono text-xs">[{index}]</span>,
  },
  {
    id: 'state',
    header: 'State',
    width: 150,
    cell: ({ state }) => <TaskStateMark state={state} className="text-xs" />,
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
    width: 130,
    cell: ({ cluster }) =>
      cluster ? <ClusterNamed name={cluster} href={null} /> : <span className="text-faint">–</span>,
  },
  {
    id: 'reason',
    header: 'Reason',
    cell: ({ reason, state }) => (
      <span className={taskStates[state].tone === 'failing' ? '' : 'text-muted'} title={reason}>
        {reason || '–'}
      </span>
    ),
  },
  {
    id: 'ran',
    header: 'Ran',
    width: 72,
    align: 'end',
    cell: ({ startedAt, finishedAt }) =>
      startedAt ? (
        <Duration from={startedAt} to={finishedAt} className="text-xs text-muted" />
      ) : (
        <span className="text-faint">–</span>
      ),
  },
]
