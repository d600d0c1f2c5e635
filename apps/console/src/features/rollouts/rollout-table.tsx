'use client'

import type { RolloutSummary } from '@fairlead/contracts/rollout'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { Duration } from '@fairlead/ui/duration'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { rolloutHref } from './addresses'
import { ReleaseTag } from './release-tag'
import { StageTrail } from './stage-trail'
import { RolloutMark } from './states'

type RolloutTableProps = {
  rollouts: readonly RolloutSummary[]
  /** Inside one application its name would say nothing. */
  withApplication: boolean
  empty: ReactNode
  className?: string
}

export function RolloutTable({ rollouts, withApplication, empty, className }: RolloutTableProps) {
  return (
    <DataTable
      label="Rollouts"
      rows={rollouts}
      columns={withApplication ? columns : [numberColumn, ...columns.slice(1)]}
      rowKey={({ id }) => id}
      rowHref={({ id }) => rolloutHref(id)}
      rowHeight={36}
      empty={empty}
      {...(className ? { className } : {})}
    />
  )
}

const NumberMark = ({ row }: { row: RolloutSummary }) => (
  <>
    <span className="text-muted">#{row.number}</span>
    {row.kind === 'rollback' ? (
      <span title="A rollback" className="text-muted">
        <Undo2 aria-hidden className="size-3.5" />
        <span className="sr-only">rollback</span>
      </span>
    ) : null}
  </>
)

const numberColumn: Column<RolloutSummary> = {
  id: 'rollout',
  header: 'Rollout',
  width: 84,
  cell: (row) => (
    <span className="flex items-center gap-1.5">
      <NumberMark row={row} />
    </span>
  ),
}

const columns: readonly Column<RolloutSummary>[] = [
  {
    id: 'rollout',
    header: 'Rollout',
    width: 200,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="truncate" title={`${row.project}/${row.application}`}>
          <span className="text-faint">{row.project}/</span>
          <span className="font-medium">{row.application}</span>
        </span>
        <NumberMark row={row} />
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 166,
    cell: (row) => <RolloutMark state={row.state} paused={row.paused} className="text-xs" />,
  },
  { id: 'stages', header: 'Stages', cell: (row) => <StageTrail stages={row.stages} /> },
  { id: 'release', header: 'Release', width: 180, cell: (row) => <ReleaseTag release={row.release} /> },
  {
    id: 'by',
    header: 'By',
    width: 112,
    cell: (row) => <span className="truncate text-muted">{row.requester}</span>,
  },
  {
    id: 'reason',
    header: 'Reason',
    cell: (row) => (
      <span className="truncate text-muted" title={row.reason}>
        {row.reason || '–'}
      </span>
    ),
  },
  {
    id: 'when',
    header: 'Requested',
    width: 96,
    align: 'end',
    cell: (row) => <RelativeTime at={row.createdAt} className="text-xs text-muted" />,
  },
  {
    id: 'took',
    header: 'Took',
    width: 72,
    align: 'end',
    cell: (row) => <Duration from={row.createdAt} to={row.finishedAt} className="text-xs text-muted" />,
  },
]
