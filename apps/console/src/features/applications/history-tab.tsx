'use client'

import { EmptyState } from '@fairlead/ui/empty-state'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { RolloutTable } from '@/features/rollouts/rollout-table'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'

type HistoryTabProps = { project: string; application: string }

/** Who rolled out what, why, when, with what result, and how long it took. */
export function HistoryTab({ project, application }: HistoryTabProps) {
  const trpc = useTRPC()
  const rollouts = useQuery(trpc.rollout.list.queryOptions({ project, application, limit: 500 }))
  if (rollouts.data)
    return (
      <RolloutTable
        rollouts={rollouts.data}
        withApplication={false}
        className="max-h-[calc(100dvh-15rem)]"
        empty={
          <EmptyState
            title="No rollout yet"
            command={`fairlead deploy -a ${project}/${application} -f manifests.yaml`}
          />
        }
      />
    )
  if (rollouts.isError)
    return (
      <FaultState
        what="The history could not be loaded."
        error={rollouts.error}
        right="project.view"
        onRetry={() => void rollouts.refetch()}
        retrying={rollouts.isFetching}
      />
    )
  return <SkeletonRows className="rounded-lg border border-line bg-surface" />
}
