'use client'

import { AppLink } from '@fairlead/ui/app-link'
import { Button } from '@fairlead/ui/button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { PageHeader } from '@fairlead/ui/page-header'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Rocket } from 'lucide-react'
import { filterApplications } from '@/features/applications/application-filters'
import { useListKeys } from '@/features/applications/use-list-keys'
import { useTextParam } from '@/features/fleet/use-text-param'
import { deployHref } from '@/features/rollouts/addresses'
import { ReleaseTag } from '@/features/rollouts/release-tag'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'

/** Deploy what? */
export function PickApplicationPage() {
  const trpc = useTRPC()
  const [text, setText] = useTextParam('q')
  const applications = useQuery(trpc.application.list.queryOptions({}))
  const shown = filterApplications(applications.data ?? [], { text, project: null, standing: null })
  useListKeys('[data-application]')
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title="Deploy" description="Which application?" />
      <FilterInput
        label="Filter applications"
        className="mb-3 sm:w-full"
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {applications.data ? (
        <ul className="overflow-hidden rounded-lg border border-line bg-surface">
          {shown.map((application) => (
            <li key={application.id} className="border-t border-line first:border-t-0">
              <AppLink
                data-application=""
                href={deployHref({ project: application.project, application: application.name })}
                className="flex min-h-11 items-center gap-3 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{application.name}</span>
                  <span className="block truncate text-xs text-muted">
                    {application.project} · {application.stages.map(({ name }) => name).join(' › ')}
                  </span>
                </span>
                {application.stages[0]?.verified ? (
                  <ReleaseTag release={application.stages[0].verified} className="max-sm:hidden" />
                ) : null}
                <RelativeTime at={application.updatedAt} className="shrink-0 text-xs text-faint" />
              </AppLink>
            </li>
          ))}
          {shown.length === 0 ? (
            <li>
              <EmptyState
                title={applications.data.length === 0 ? 'No application yet' : 'No application fits'}
                icon={<Rocket aria-hidden />}
                action={<Button href="/applications/new">New application</Button>}
              />
            </li>
          ) : null}
        </ul>
      ) : applications.isError ? (
        <FaultState
          what="The applications could not be loaded."
          error={applications.error}
          right="project.view"
          onRetry={() => void applications.refetch()}
        />
      ) : (
        <SkeletonRows className="rounded-lg border border-line bg-surface" />
      )}
    </div>
  )
}
