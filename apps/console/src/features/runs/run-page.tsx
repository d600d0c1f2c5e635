'use client'

import type { RunId } from '@fairlead/contracts/ids'
import type { RunView } from '@fairlead/contracts/workflow'
import { runStates } from '@fairlead/contracts/workflow-states'
import { Badge } from '@fairlead/ui/badge'
import { PageHeader } from '@fairlead/ui/page-header'
import { Skeleton } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { workflowHref } from '@/features/workflows/addresses'
import { RunActions } from './run-actions'
import { RunFacts } from './run-facts'
import { RunTabs } from './run-tabs'
import { RunStateMark } from '@/features/workflows/states'
import { TaskPanel } from './task-panel'

/** Beside the live connection: a forecast also moves by itself. */
const lookAgainMs = 15_000

export function RunPage({ id }: { id: string }) {
  const run = useQuery(
    useTRPC().run.get.queryOptions(
      { run: id as RunId },
      {
        refetchInterval: ({ state }) =>
          state.data && runStates[state.data.state].terminal ? false : lookAgainMs,
      },
    ),
  )
  if (run.data) return <Run run={run.data} />
  if (run.isError) {
    return (
      <>
        <PageHeader title="Run" />
        <FaultState
          what="This run could not be loaded."
          where={id}
          error={run.error}
          right="project.view"
          onRetry={() => void run.refetch()}
          retrying={run.isFetching}
        />
      </>
    )
  }
  return <RunSkeleton />
}

function Run({ run }: { run: RunView }) {
  const { project, workflow, number, version, state, reason } = run
  return (
    <>
      <TopbarCrumbs
        crumbs={[
          { label: 'Workflows', href: '/workflows' },
          { label: workflow, href: workflowHref({ project, name: workflow }) },
          { label: `#${number}` },
        ]}
      />
      <PageHeader
        title={`${workflow} #${number}`}
        marks={
          <>
            <RunStateMark state={state} variant="pill" />
            <Badge title="The version of the definition that this run is pinned to">version {version}</Badge>
          </>
        }
        description={reason || undefined}
        actions={<RunActions run={run} />}
      />
      <RunFacts run={run} />
      <RunTabs run={run} />
      <TaskPanel run={run} />
    </>
  )
}

const RunSkeleton = () => (
  <div role="status" aria-label="Loading the run" className="space-y-4">
    <Skeleton className="h-8 w-72" />
    <CardSkeleton lines={2} />
    <CardSkeleton lines={12} />
  </div>
)
