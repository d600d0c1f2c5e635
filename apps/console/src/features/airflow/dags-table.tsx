'use client'

import type { DagRow, DagRunDot } from '@fairlead/contracts/airflow'
import { Badge } from '@fairlead/ui/badge'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { useQuery } from '@tanstack/react-query'
import { FileX2, Pause } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { NextTime } from '@/features/workflows/next-time'
import { useTRPC } from '@/live/trpc'
import { dagHref } from './addresses'
import { asked, listEveryMs } from './asked'
import { RunDots } from './run-dots'

type DagsTableProps = {
  connection: string
  dags: readonly DagRow[]
  empty: ReactNode
}

export function DagsTable({ connection, dags, empty }: DagsTableProps) {
  const [, setParams] = useUrlParams()
  const last = useQuery(
    useTRPC().airflow.lastRuns.queryOptions(
      { connection, dags: dags.map(({ dag }) => dag) },
      { ...asked(listEveryMs), enabled: dags.length > 0 },
    ),
  )
  const columns = useMemo(() => {
    const known = last.error ? [] : (last.data?.dags ?? [])
    const runs = new Map(known.map((each) => [each.dag, each.runs]))
    return columnsOf({ connection, runs, onTag: (tag) => setParams({ tag, from: null }) })
  }, [connection, last.data, last.error, setParams])
  return (
    <DataTable
      label="DAGs"
      rows={dags}
      columns={columns}
      rowKey={({ dag }) => dag}
      rowHref={({ dag }) => dagHref({ connection, dag })}
      rowHeight={36}
      empty={empty}
      className="max-h-[calc(100dvh-17rem)]"
    />
  )
}

type ColumnDeps = {
  connection: string
  runs: ReadonlyMap<string, readonly DagRunDot[] | null>
  onTag: (tag: string) => void
}

const columnsOf = ({ connection, runs, onTag }: ColumnDeps): readonly Column<DagRow>[] => [
  {
    id: 'dag',
    header: 'DAG',
    cell: (row) => <Name row={row} />,
  },
  {
    id: 'runs',
    header: 'Last runs',
    width: 190,
    cell: ({ dag }) => <RunDots place={{ connection, dag }} runs={runs.get(dag)} />,
  },
  {
    id: 'schedule',
    header: 'Schedule',
    width: 220,
    cell: ({ schedule, paused }) => (
      <span className={paused ? 'truncate text-faint' : 'truncate'} title={schedule ?? undefined}>
        {schedule ?? 'Started by hand'}
      </span>
    ),
  },
  {
    id: 'next',
    header: 'Next',
    width: 90,
    cell: ({ nextRunAt, paused }) => <NextTime at={nextRunAt} paused={paused && nextRunAt !== null} />,
  },
  {
    id: 'tags',
    header: 'Tags',
    width: 200,
    cell: ({ tags }) => <Tags tags={tags} onTag={onTag} />,
  },
  {
    id: 'owners',
    header: 'Owners',
    width: 120,
    cell: ({ owners }) => (
      <span className="truncate text-muted" title={owners.join(', ')}>
        {owners.join(', ') || '–'}
      </span>
    ),
  },
]

function Name({ row: { dag, title, description, paused, importErrors } }: { row: DagRow }) {
  return (
    <span className="flex min-w-0 items-center gap-2" title={description ?? dag}>
      <span className="truncate font-medium">{title}</span>
      {title === dag ? null : <span className="truncate font-mono text-xs text-faint">{dag}</span>}
      {paused ? (
        <Badge tone="paused" icon={<Pause aria-hidden />}>
          Paused
        </Badge>
      ) : null}
      {importErrors ? (
        <Badge
          tone="failing"
          icon={<FileX2 aria-hidden />}
          title="Its file can’t be imported now: what stands here is of the last time it could."
        >
          Import error
        </Badge>
      ) : null}
    </span>
  )
}

function Tags({ tags, onTag }: { tags: readonly string[]; onTag: (tag: string) => void }) {
  if (tags.length === 0) return <span className="text-faint">–</span>
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden" title={tags.join(', ')}>
      {tags.map((tag) => (
        <button
          key={tag}
          type="button"
          aria-label={`Only DAGs with the tag ${tag}`}
          onClick={() => onTag(tag)}
          className="inline-flex h-6 min-w-6 items-center rounded-sm focus-visible:-outline-offset-2"
        >
          <Badge>{tag}</Badge>
        </button>
      ))}
    </span>
  )
}
