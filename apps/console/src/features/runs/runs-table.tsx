import type { RunSummary } from '@fairlead/contracts/workflow'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { Duration } from '@fairlead/ui/duration'
import { RelativeTime } from '@fairlead/ui/relative-time'
import type { ReactNode } from 'react'
import { runHref } from './addresses'
import { NominalTime } from './nominal-time'
import { RunStateMark } from '@/features/workflows/states'
import { TallyBar } from './tally-bar'
import { TriggerMark } from './trigger-mark'

type RunsTableProps = {
  runs: readonly RunSummary[]
  /** On one workflow's page its name would say nothing. */
  withWorkflow?: boolean
  empty: ReactNode
  className?: string
}

export function RunsTable({ runs, withWorkflow = true, empty, className }: RunsTableProps) {
  return (
    <DataTable
      label="Runs"
      rows={runs}
      columns={withWorkflow ? columns : [numberColumn, ...columns.slice(1)]}
      rowKey={({ id }) => id}
      rowHref={({ id }) => runHref(id)}
      rowHeight={36}
      empty={empty}
      {...(className ? { className } : {})}
    />
  )
}

const numberColumn: Column<RunSummary> = {
  id: 'run',
  header: 'Run',
  width: 84,
  cell: ({ number }) => `#${number}`,
}

const columns: readonly Column<RunSummary>[] = [
  {
    id: 'run',
    header: 'Run',
    width: 224,
    cell: (run) => (
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="truncate" title={`${run.project}/${run.workflow}`}>
          <span className="text-faint">{run.project}/</span>
          <span className="font-medium">{run.workflow}</span>
        </span>
        <span className="shrink-0 text-muted">#{run.number}</span>
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 190,
    cell: ({ state }) => <RunStateMark state={state} className="text-xs" />,
  },
  {
    id: 'tally',
    header: 'Tasks',
    width: 136,
    cell: ({ tally }) => <TallyBar tally={tally} />,
  },
  {
    id: 'took',
    header: 'Took',
    width: 76,
    align: 'end',
    cell: ({ startedAt, finishedAt }) =>
      startedAt === null ? (
        <span className="text-faint" title="It has not begun.">
          –
        </span>
      ) : (
        <Duration from={startedAt} to={finishedAt} className="text-xs text-muted" />
      ),
  },
  {
    id: 'trigger',
    header: 'Begun by',
    width: 156,
    cell: (run) => <TriggerMark trigger={run.trigger} requester={run.requester} />,
  },
  {
    id: 'nominal',
    header: 'For (UTC)',
    width: 132,
    cell: (run) => <NominalTime at={run.nominalTime} bare />,
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
    id: 'when',
    header: 'Created',
    width: 88,
    align: 'end',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} className="text-xs text-muted" />,
  },
]
