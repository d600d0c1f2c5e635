'use client'

import { Button } from '@fairlead/ui/button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Workflow } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useMemo } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { newWorkflowHref } from './addresses'
import { AreaTabs } from './area-tabs'
import { NewWorkflowButton } from './new-workflow-button'
import { filterWorkflows } from './workflow-filters'
import { WorkflowsTable } from './workflows-table'
import { WorkflowsToolbar } from './workflows-toolbar'

const NoWorkflows = dynamic(() => import('./no-workflows').then((module) => module.NoWorkflows))

export function WorkflowsPage() {
  const trpc = useTRPC()
  const router = useRouter()
  const [params, setParams] = useUrlParams()
  const workflows = useQuery(trpc.workflow.list.queryOptions({}))
  const me = useQuery(trpc.session.me.queryOptions({}))
  const [text, setText] = useTextParam('q')
  const project = params.get('project')
  const standing = params.get('standing')
  const deferred = useDeferredValue(text)
  const all = useMemo(() => workflows.data ?? [], [workflows.data])
  const shown = useMemo(
    () => filterWorkflows(all, { text: deferred, project, standing }),
    [all, deferred, project, standing],
  )
  const projects = [...new Set(all.map((each) => each.project))].sort()
  const filtered = text !== '' || project !== null || standing !== null
  const clear = () => {
    setText('')
    setParams({ q: null, project: null, standing: null })
  }
  useHotkey('c', () => router.push(newWorkflowHref), { description: 'New workflow' })
  return (
    <>
      <PageHeader title="Workflows" actions={<NewWorkflowButton />} />
      <AreaTabs />
      {workflows.data && all.length > 0 ? (
        <>
          <WorkflowsToolbar
            projects={projects}
            text={text}
            onText={setText}
            onClear={filtered ? clear : null}
            count={`${shown.length} of ${all.length}`}
          />
          <WorkflowsTable workflows={shown} empty={<NothingFits onClear={clear} />} />
        </>
      ) : workflows.data ? (
        <NoWorkflows project={me.data?.projects[0]?.name ?? 'shop'} />
      ) : workflows.isError ? (
        <FaultState
          what="The workflows could not be loaded."
          error={workflows.error}
          right="project.view"
          onRetry={() => void workflows.refetch()}
          retrying={workflows.isFetching}
        />
      ) : (
        <SkeletonRows className="rounded-lg border border-line bg-surface" label="Loading the workflows" />
      )}
    </>
  )
}

const NothingFits = ({ onClear }: { onClear: () => void }) => (
  <EmptyState
    title="No workflow fits these filters"
    icon={<Workflow aria-hidden />}
    action={<Button onClick={onClear}>Clear filters</Button>}
  />
)
