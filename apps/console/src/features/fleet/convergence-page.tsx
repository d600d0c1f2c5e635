'use client'

import type { ConvergenceRow } from '@fairlead/contracts/convergence'
import { DataTable } from '@fairlead/ui/data-table'
import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import type { Column } from '@fairlead/ui/table-column'
import { durationText } from '@fairlead/ui/time-text'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Timer } from 'lucide-react'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { useUrlParams } from '@/features/rollouts/url-param'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { Segments } from './segments'

const spans = [1, 7, 30, 90] as const
const askedEveryMs = 30_000

/** How long it takes from departing from what is wanted to having it. */
export function ConvergencePage() {
  const [params, set] = useUrlParams()
  const days = spans.find((span) => String(span) === params.get('days')) ?? 7
  const by = params.get('by') === 'cluster' ? 'cluster' : 'application'
  const query = useQuery(
    useTRPC().fleet.convergence.queryOptions(
      { days, by },
      { placeholderData: keepPreviousData, refetchInterval: askedEveryMs },
    ),
  )
  return (
    <>
      <TopbarCrumbs crumbs={[{ label: 'Fleet', href: '/fleet' }, { label: 'Time to converge' }]} />
      <PageHeader
        title="Time to converge"
        description="From a change, or a departure from what is wanted, until it is there. Spans that nobody watched to the end are in no percentile."
      />
      <div className="flex flex-wrap items-center gap-2 pb-3">
        <Segments
          label="By"
          value={by}
          onChange={(next) => set({ by: next === 'application' ? null : next })}
          options={[
            { value: 'application', label: 'By application' },
            { value: 'cluster', label: 'By cluster' },
          ]}
        />
        <Segments
          label="Days"
          value={String(days)}
          onChange={(next) => set({ days: next === '7' ? null : next })}
          options={spans.map((span) => ({
            value: String(span),
            label: span === 1 ? '1 day' : `${span} days`,
          }))}
        />
      </div>
      {query.data ? (
        <DataTable
          label="Time to converge"
          rows={query.data.rows}
          rowKey={(row) => `${row.application}/${row.cluster.id}`}
          columns={by === 'cluster' ? columns.slice(1) : columns}
          rowHeight={36}
          empty={
            <EmptyState icon={<Timer aria-hidden />} title="Nothing has changed in these days.">
              A span begins when a workload is changed or departs from what is wanted of it.
            </EmptyState>
          }
          className="max-h-[calc(100dvh-14rem)]"
        />
      ) : query.error ? (
        <FaultState
          what="The times could not be shown."
          error={query.error}
          right="inventory.view"
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      ) : (
        <SkeletonRows label="Loading the times" />
      )}
    </>
  )
}

const time = (ms: number | null) =>
  ms === null ? <span className="text-faint">–</span> : durationText(Math.round(ms))
const count = (value: number) => (value === 0 ? <span className="text-faint">0</span> : value)

const columns: readonly Column<ConvergenceRow>[] = [
  {
    id: 'application',
    header: 'Application or workload',
    cell: ({ application }) => <span className="font-medium">{application}</span>,
  },
  {
    id: 'cluster',
    header: 'Cluster',
    width: 200,
    cell: ({ cluster }) => <ClusterMark cluster={cluster} compact href={null} />,
  },
  { id: 'episodes', header: 'Times', width: 80, align: 'end', cell: ({ episodes }) => count(episodes) },
  { id: 'p50', header: 'Median', width: 100, align: 'end', cell: ({ p50Ms }) => time(p50Ms) },
  { id: 'p90', header: '90 %', width: 100, align: 'end', cell: ({ p90Ms }) => time(p90Ms) },
  { id: 'p99', header: '99 %', width: 100, align: 'end', cell: ({ p99Ms }) => time(p99Ms) },
  { id: 'slowest', header: 'Slowest', width: 100, align: 'end', cell: ({ slowestMs }) => time(slowestMs) },
  {
    id: 'unobserved',
    header: 'Not watched',
    width: 110,
    align: 'end',
    cell: ({ unobserved }) => count(unobserved),
  },
  {
    id: 'open',
    header: 'Going on',
    width: 90,
    align: 'end',
    cell: ({ open }) =>
      open === 0 ? count(open) : <span className="font-medium text-progress">{open}</span>,
  },
]
