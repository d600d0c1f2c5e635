'use client'

import { Button } from '@fairlead/ui/button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { Skeleton } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { BookCheck, Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useMemo } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useHotkey } from '@/features/shell/hotkeys'
import { useTextParam } from '@/features/fleet/use-text-param'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { filterApplications } from './application-filters'
import { ApplicationsToolbar } from './applications-toolbar'
import { ApplicationRow } from './application-row'
import { useListKeys } from './use-list-keys'

const NoApplications = dynamic(() => import('./no-applications').then((module) => module.NoApplications))

export function ApplicationsPage() {
  const trpc = useTRPC()
  const router = useRouter()
  const [params, setParams] = useUrlParams()
  const applications = useQuery(trpc.application.list.queryOptions({}))
  const [text, setText] = useTextParam('q')
  const project = params.get('project')
  const standing = params.get('standing')
  const deferred = useDeferredValue(text)
  const shown = useMemo(
    () => filterApplications(applications.data ?? [], { text: deferred, project, standing }),
    [applications.data, deferred, project, standing],
  )
  const projects = [...new Set((applications.data ?? []).map((each) => each.project))].sort()
  useListKeys('[data-application]')
  useHotkey('c', () => router.push('/applications/new'), { description: 'New application' })
  return (
    <>
      <PageHeader
        title="Applications"
        actions={
          <Button variant="primary" href="/applications/new" icon={<Plus aria-hidden />}>
            New application
          </Button>
        }
      />
      {applications.data && applications.data.length > 0 ? (
        <>
          <ApplicationsToolbar projects={projects} text={text} onText={setText}>
            {shown.length} of {applications.data.length}
          </ApplicationsToolbar>
          {shown.length > 0 ? (
            <ul
              aria-label="Applications"
              className="overflow-hidden rounded-lg border border-line bg-surface"
            >
              {shown.map((application) => (
                <ApplicationRow key={application.id} application={application} />
              ))}
            </ul>
          ) : (
            <EmptyState
              title="No application fits these filters"
              icon={<BookCheck aria-hidden />}
              action={
                <Button onClick={() => setParams({ q: null, project: null, standing: null })}>
                  Clear filters
                </Button>
              }
            />
          )}
        </>
      ) : applications.data ? (
        <NoApplications />
      ) : applications.isError ? (
        <FaultState
          what="The applications could not be loaded."
          error={applications.error}
          right="project.view"
          onRetry={() => void applications.refetch()}
          retrying={applications.isFetching}
        />
      ) : (
        <ApplicationsSkeleton />
      )}
    </>
  )
}

const ApplicationsSkeleton = () => (
  <div
    role="status"
    aria-label="Loading the applications"
    className="divide-y divide-line rounded-lg border border-line bg-surface"
  >
    {[0, 1, 2, 3].map((row) => (
      <div key={row} className="flex h-[92px] items-center gap-6 px-4">
        <Skeleton className="w-40" />
        <Skeleton className="h-10 flex-1" />
        <Skeleton className="h-10 flex-1" />
      </div>
    ))}
  </div>
)
