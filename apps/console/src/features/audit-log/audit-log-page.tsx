'use client'

import type { AuditEntryView } from '@fairlead/contracts/audit'
import { Button } from '@fairlead/ui/button'
import { DataTable } from '@fairlead/ui/data-table'
import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { ScrollText } from 'lucide-react'
import { useMemo } from 'react'
import { hrefWith, useUrlParams } from '@/features/rollouts/url-param'
import { FaultState } from '@/live/fault-state'
import { auditColumns } from './audit-columns'
import { queryOf } from './audit-filters'
import { EntrySheet } from './entry-sheet'
import { ExportButton } from './export-button'
import { FilterBar } from './filter-bar'
import { useAuditEntry, useAuditLog } from './use-audit-log'
import { VerifyBanner } from './verify-banner'

export function AuditLogPage() {
  const [params, setParams] = useUrlParams()
  const query = useMemo(() => queryOf(params), [params])
  const log = useAuditLog(query)
  const opened = Number(params.get('entry') ?? 0)
  const entry = useAuditEntry(opened, log.entries)
  const hrefOf = (row: AuditEntryView) => hrefWith('/audit-log', params, { entry: String(row.sequence) })
  if (log.error && log.entries.length === 0)
    return (
      <FaultState
        what="The audit log is not shown."
        error={log.error}
        right="audit.view"
        onRetry={() => void log.refetch()}
        retrying={log.isFetching}
      />
    )
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Who did what, to what, from where; refused attempts too. Nothing here can be changed."
        actions={<ExportButton query={query} />}
      />
      <VerifyBanner />
      <FilterBar params={params} onChange={setParams} />
      {log.isPending ? (
        <div className="rounded-lg border border-line bg-surface">
          <SkeletonRows rows={12} label="Loading the audit log" />
        </div>
      ) : (
        <DataTable
          label="Audit log"
          rows={log.entries}
          rowKey={(row) => String(row.sequence)}
          rowHref={hrefOf}
          columns={auditColumns}
          empty={<NoEntries filtered={Object.keys(query).length > 0} onClear={() => clear(setParams)} />}
          className="max-h-[calc(100dvh-18rem)]"
        />
      )}
      {log.hasNextPage ? (
        <div className="flex justify-center pt-3">
          <Button onClick={() => void log.fetchNextPage()} loading={log.isFetchingNextPage}>
            Show older entries
          </Button>
        </div>
      ) : null}
      {entry ? <EntrySheet entry={entry} onClose={() => setParams({ entry: null })} /> : null}
    </>
  )
}

const clear = (set: ReturnType<typeof useUrlParams>[1]): void =>
  set({ actor: null, action: null, project: null, subject: null, outcome: null, from: null, to: null })

function NoEntries({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (!filtered) return <EmptyState icon={<ScrollText aria-hidden />} title="Nothing has been done yet." />
  return (
    <EmptyState
      icon={<ScrollText aria-hidden />}
      title="No entry matches the filters."
      action={<Button onClick={onClear}>Clear the filters</Button>}
    />
  )
}
