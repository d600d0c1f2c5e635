'use client'

import { type FindingView, type FindingsView } from '@fairlead/contracts/checks'
import { Button } from '@fairlead/ui/button'
import { DataTable } from '@fairlead/ui/data-table'
import { EmptyState } from '@fairlead/ui/empty-state'
import { KeyValue } from '@fairlead/ui/key-value'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { BadgeCheck } from 'lucide-react'
import { useMemo } from 'react'
import { hrefWith, useUrlParams } from '@/features/rollouts/url-param'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { findingColumns } from './audit-columns'
import { AuditFilters } from './audit-filters'
import { auditParams, findingsQuery } from './audit-query'
import { FindingSheet } from './finding-sheet'

/** Workloads are judged every few seconds, without any change being named to this browser. */
const askedEveryMs = 20_000
const keyOf = ({ cluster, workloadUid, check }: FindingView): string =>
  `${cluster.id}/${workloadUid}/${check}`

/** What an experienced reviewer would ask, of every workload of every cluster. */
export function AuditsPage() {
  const [params, set] = useUrlParams()
  const query = useMemo(() => findingsQuery(params), [params])
  const asked = useQuery(
    useTRPC().check.list.queryOptions(query, {
      placeholderData: keepPreviousData,
      refetchInterval: askedEveryMs,
    }),
  )
  if (asked.error && !asked.data)
    return (
      <FaultState
        what="The audits are not shown."
        error={asked.error}
        right="inventory.view"
        onRetry={() => void asked.refetch()}
        retrying={asked.isFetching}
      />
    )
  const view = asked.data
  const opened = view?.findings.find((finding) => keyOf(finding) === params.get('finding'))
  return (
    <>
      <PageHeader
        title="Audits"
        description="What the next drain, rollout or crash will find, before it does."
      />
      {view ? (
        <>
          <Sums view={view} />
          <AuditFilters view={view} />
          <DataTable
            label="Findings"
            rows={view.findings}
            rowKey={keyOf}
            rowHref={(finding) => hrefWith('/audits', params, { finding: keyOf(finding) })}
            columns={findingColumns}
            rowHeight={36}
            empty={<NoFinding view={view} filtered={auditParams.some((name) => params.has(name))} />}
            className="max-h-[calc(100dvh-17rem)]"
          />
          {view.total > view.findings.length ? (
            <p className="pt-2 text-xs text-muted">
              {view.findings.length} of {view.total} findings; narrow the filters to see the rest.
            </p>
          ) : null}
        </>
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          <SkeletonRows rows={12} label="Loading the findings" />
        </div>
      )}
      {opened ? <FindingSheet finding={opened} onClose={() => set({ finding: null })} /> : null}
    </>
  )
}

function Sums({ view }: { view: FindingsView }) {
  const { workloads, ready, bySeverity, waived } = view
  const count = (key: string) => String(bySeverity.find((each) => each.key === key)?.count ?? 0)
  return (
    <KeyValue
      layout="strip"
      className="mb-4"
      entries={[
        { key: 'Workloads', value: String(workloads) },
        { key: 'Without a finding', value: workloads === 0 ? '–' : `${ready} of ${workloads}` },
        { key: 'Critical', value: count('critical') },
        { key: 'Warnings', value: count('warning') },
        { key: 'Advice', value: count('advice') },
        { key: 'Waived', value: String(waived) },
      ]}
    />
  )
}

function NoFinding({ view, filtered }: { view: FindingsView; filtered: boolean }) {
  const [, set] = useUrlParams()
  if (filtered)
    return (
      <EmptyState
        icon={<BadgeCheck aria-hidden />}
        title="No finding matches the filters."
        action={
          <Button onClick={() => set(Object.fromEntries(auditParams.map((name) => [name, null])))}>
            Clear the filters
          </Button>
        }
      />
    )
  return view.workloads === 0 ? (
    <EmptyState icon={<BadgeCheck aria-hidden />} title="No workload in sight yet.">
      Workloads are judged a few seconds after a cluster is first seen.
    </EmptyState>
  ) : (
    <EmptyState icon={<BadgeCheck aria-hidden />} title="Every workload passes every check." />
  )
}
