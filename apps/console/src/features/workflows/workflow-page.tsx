'use client'

import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { Badge } from '@fairlead/ui/badge'
import { LinkTabs } from '@fairlead/ui/link-tabs'
import { PageHeader } from '@fairlead/ui/page-header'
import { Skeleton } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Pause } from 'lucide-react'
import dynamic from 'next/dynamic'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { useUrlParams } from '@/features/rollouts/url-param'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { workflowHref } from './addresses'
import { OverviewTab } from './overview-tab'
import { WorkflowActions } from './workflow-actions'

const loading = () => <CardSkeleton lines={8} />
const GridTab = dynamic(() => import('./grid/grid-tab').then((module) => module.GridTab), { loading })
const RunsTab = dynamic(() => import('./runs-tab').then((module) => module.RunsTab), { loading })
const CodeTab = dynamic(() => import('./code-tab').then((module) => module.CodeTab), { loading })
const CalendarTab = dynamic(() => import('./calendar/calendar-tab').then((module) => module.CalendarTab), {
  loading,
})
const BackfillTab = dynamic(() => import('./backfill-tab').then((module) => module.BackfillTab), { loading })

const tabs = [
  { value: 'overview', label: 'Graph' },
  { value: 'grid', label: 'Grid' },
  { value: 'runs', label: 'Runs' },
  { value: 'code', label: 'Code' },
  { value: 'calendar', label: 'Calendar' },
  { value: 'backfill', label: 'Backfill' },
] as const

type WorkflowPageProps = { project: string; workflow: string }

export function WorkflowPage({ project, workflow }: WorkflowPageProps) {
  const trpc = useTRPC()
  const detail = useQuery(trpc.workflow.get.queryOptions({ project, workflow }))
  if (detail.data) return <Workflow workflow={detail.data} />
  if (detail.isError)
    return (
      <FaultState
        what="This workflow could not be loaded."
        where={`${project}/${workflow}`}
        error={detail.error}
        right="project.view"
        onRetry={() => void detail.refetch()}
        retrying={detail.isFetching}
      />
    )
  return (
    <div role="status" aria-label="Loading the workflow" className="space-y-4">
      <Skeleton className="h-8 w-64" />
      <Skeleton className="h-9 w-96 max-w-full" />
      <CardSkeleton lines={3} />
      <CardSkeleton lines={12} />
    </div>
  )
}

function Workflow({ workflow }: { workflow: WorkflowDetail }) {
  const { name, project, description, paused, version, versions } = workflow
  const [params] = useUrlParams()
  const tab = tabs.find(({ value }) => value === params.get('tab'))?.value ?? 'overview'
  const href = (value: string) => workflowHref(workflow, value === 'overview' ? undefined : value)
  return (
    <>
      <TopbarCrumbs crumbs={[{ label: 'Workflows', href: '/workflows' }, { label: name }]} />
      <PageHeader
        title={name}
        marks={
          <>
            {paused ? (
              <Badge tone="paused" icon={<Pause aria-hidden />}>
                Paused
              </Badge>
            ) : null}
            <Badge title={`${versions.length} versions are kept`}>version {version}</Badge>
          </>
        }
        description={description || `Project ${project}`}
        actions={<WorkflowActions workflow={workflow} />}
      />
      <LinkTabs
        label="Workflow"
        className="mb-4"
        current={href(tab)}
        items={tabs.map(({ value, label }) => ({
          href: href(value),
          label,
          ...(value === 'code' ? { count: versions.length } : {}),
        }))}
      />
      {tab === 'grid' ? (
        <GridTab workflow={workflow} />
      ) : tab === 'runs' ? (
        <RunsTab workflow={workflow} />
      ) : tab === 'code' ? (
        <CodeTab workflow={workflow} />
      ) : tab === 'calendar' ? (
        <CalendarTab workflow={workflow} />
      ) : tab === 'backfill' ? (
        <BackfillTab workflow={workflow} />
      ) : (
        <OverviewTab workflow={workflow} />
      )}
    </>
  )
}
