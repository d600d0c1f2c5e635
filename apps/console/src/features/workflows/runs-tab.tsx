'use client'

import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { EmptyState } from '@fairlead/ui/empty-state'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { ListChecks } from 'lucide-react'
import { RunsTable } from '@/features/runs/runs-table'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'

export function RunsTab({ workflow: { name, project } }: { workflow: WorkflowDetail }) {
  const trpc = useTRPC()
  const runs = useQuery(trpc.run.list.queryOptions({ project, workflow: name, limit: 500 }))
  if (runs.data)
    return (
      <RunsTable
        runs={runs.data}
        withWorkflow={false}
        empty={<NoRuns name={name} />}
        className="max-h-[calc(100dvh-13.5rem)]"
      />
    )
  if (runs.isError)
    return (
      <FaultState
        what="The runs could not be loaded."
        error={runs.error}
        right="project.view"
        onRetry={() => void runs.refetch()}
        retrying={runs.isFetching}
      />
    )
  return <SkeletonRows className="rounded-lg border border-line bg-surface" label="Loading the runs" />
}

export const NoRuns = ({ name }: { name: string }) => (
  <EmptyState
    title="It has not run yet"
    icon={<ListChecks aria-hidden />}
    command={`fairlead workflow run ${name} --wait`}
  >
    The schedule starts it by itself, Run starts it now.
  </EmptyState>
)
