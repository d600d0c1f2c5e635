'use client'

import type { PoolView } from '@fairlead/contracts/workflow'
import { Button } from '@fairlead/ui/button'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { Progress } from '@fairlead/ui/progress'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { ReactNode } from 'react'

type PoolsTableProps = {
  pools: readonly PoolView[]
  onChange: (pool: PoolView) => void
  whyNot: (pool: PoolView) => string | null
  empty: ReactNode
}

export function PoolsTable({ pools, onChange, whyNot, empty }: PoolsTableProps) {
  const columns: readonly Column<PoolView>[] = [
    ...facts,
    {
      id: 'change',
      header: '',
      width: 96,
      align: 'end',
      cell: (pool) => (
        <Button
          size="sm"
          onClick={() => onChange(pool)}
          disabledReason={whyNot(pool)}
          aria-label={`Change ${pool.name}`}
        >
          Change
        </Button>
      ),
    },
  ]
  return (
    <DataTable
      label="Pools"
      rows={pools}
      columns={columns}
      rowKey={({ project, name }) => `${project}/${name}`}
      rowHeight={36}
      empty={empty}
    />
  )
}

const facts: readonly Column<PoolView>[] = [
  {
    id: 'pool',
    header: 'Pool',
    width: 240,
    cell: ({ project, name }) => (
      <span className="truncate" title={`${project}/${name}`}>
        <span className="text-faint">{project}/</span>
        <span className="font-medium">{name}</span>
      </span>
    ),
  },
  {
    id: 'used',
    header: 'In use',
    width: 220,
    cell: ({ used, slots, name }) => (
      <span className="flex items-center gap-3">
        <Progress
          value={Math.min(used, Math.max(slots, 1))}
          max={Math.max(slots, 1)}
          label={`${used} of ${slots} slots of ${name} in use`}
          tone={used >= slots ? 'waiting' : 'progress'}
          className="flex-1"
        />
        <span className="w-16 text-right text-xs text-muted">
          {used}/{slots}
        </span>
      </span>
    ),
  },
  { id: 'standing', header: 'Standing', width: 150, cell: (pool) => <Standing pool={pool} /> },
  {
    id: 'waiting',
    header: 'Waiting',
    width: 110,
    align: 'end',
    cell: ({ waiting }) =>
      waiting === 0 ? (
        <span className="text-faint">none</span>
      ) : (
        `${waiting.toLocaleString('en')} ${waiting === 1 ? 'task' : 'tasks'}`
      ),
  },
  {
    id: 'description',
    header: 'What it guards',
    cell: ({ description }) => (
      <span className="truncate text-muted" title={description}>
        {description || '–'}
      </span>
    ),
  },
]

function Standing({ pool: { slots, used } }: { pool: PoolView }) {
  if (slots === 0) return <StatusMark tone="paused" word="Closed" className="text-xs" />
  if (used > slots) return <StatusMark tone="waiting" word="Over its slots" className="text-xs" />
  if (used === slots) return <StatusMark tone="waiting" word="Full" className="text-xs" />
  return <StatusMark tone="ok" word={`${slots - used} free`} className="text-xs" />
}
