'use client'

import type { DagRunRow } from '@fairlead/contracts/airflow'
import { DataTable } from '@fairlead/ui/data-table'
import { Duration } from '@fairlead/ui/duration'
import { EmptyState } from '@fairlead/ui/empty-state'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import type { Column } from '@fairlead/ui/table-column'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ListChecks } from 'lucide-react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { valueText } from '@/features/runs/value-text'
import { useTRPC } from '@/live/trpc'
import { dagRunHref, type DagPlace } from './addresses'
import { AirflowAnswer } from './airflow-answer'
import { asked, liveEveryMs } from './asked'
import { AskedAgo } from './asked-ago'
import { Pages } from './pages'
import { AirflowStateMark } from './states'

export function RunsTab({ place }: { place: DagPlace }) {
  const [params] = useUrlParams()
  const from = params.get('from') ?? ''
  const offset = /^\d{1,6}$/.test(from) ? Number(from) : 0
  const runs = useQuery(
    useTRPC().airflow.runs.queryOptions(
      { ...place, offset },
      { ...asked(liveEveryMs), placeholderData: keepPreviousData },
    ),
  )
  return (
    <AirflowAnswer
      query={runs}
      what="The runs are not shown."
      loading={
        <SkeletonRows
          className="rounded-lg border border-line bg-surface"
          label="Asking Airflow for the runs"
        />
      }
    >
      {(list) => (
        <>
          <p className="flex justify-end pb-2">
            <AskedAgo at={list.at} />
          </p>
          <DataTable
            label="Runs"
            rows={list.runs}
            columns={columns}
            rowKey={({ run }) => run}
            rowHref={({ run }) => dagRunHref({ ...place, run })}
            rowHeight={36}
            empty={<NoRuns place={place} />}
            className="max-h-[calc(100dvh-16rem)]"
          />
          <Pages offset={list.offset} count={list.runs.length} total={list.total} word="runs" />
        </>
      )}
    </AirflowAnswer>
  )
}

export const NoRuns = ({ place: { connection, dag } }: { place: DagPlace }) => (
  <EmptyState
    title="It has not run yet"
    icon={<ListChecks aria-hidden />}
    command={`fairlead airflow trigger ${connection} ${dag}`}
  >
    Its schedule starts it by itself, Trigger starts it now.
  </EmptyState>
)

const columns: readonly Column<DagRunRow>[] = [
  {
    id: 'run',
    header: 'Run',
    width: 300,
    cell: ({ run }) => (
      <span className="truncate font-mono text-xs" title={run}>
        {run}
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 130,
    cell: ({ state }) => <AirflowStateMark state={state} className="text-xs" />,
  },
  { id: 'type', header: 'Type', width: 110, cell: ({ type }) => type.replaceAll('_', ' ') },
  {
    id: 'started',
    header: 'Started',
    width: 100,
    cell: ({ startedAt }) =>
      startedAt === null ? (
        <span className="text-faint" title="It has not begun.">
          –
        </span>
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
  {
    id: 'by',
    header: 'By',
    width: 220,
    cell: ({ by, note }) => (
      <span className="truncate" title={note ?? undefined}>
        {by ?? <span className="text-faint">–</span>}
        {note === null ? null : <span className="text-muted"> · {note}</span>}
      </span>
    ),
  },
  {
    id: 'conf',
    header: 'Parameters',
    cell: ({ conf }) => <Conf conf={conf} />,
  },
]

function Conf({ conf }: { conf: DagRunRow['conf'] }) {
  const text = Object.entries(conf)
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(' ')
  return (
    <span className="truncate font-mono text-xs text-muted" title={text}>
      {text || '–'}
    </span>
  )
}
