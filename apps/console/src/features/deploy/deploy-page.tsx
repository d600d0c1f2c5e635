'use client'

import { PageHeader } from '@fairlead/ui/page-header'
import { useQuery } from '@tanstack/react-query'
import { LockKeyhole } from 'lucide-react'
import { applicationHref } from '@/features/rollouts/addresses'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { DeployForm } from './deploy-form'

type DeployPageProps = { project: string; application: string }

export function DeployPage({ project, application }: DeployPageProps) {
  const trpc = useTRPC()
  const detail = useQuery(trpc.application.get.queryOptions({ project, application }))
  return (
    <>
      <TopbarCrumbs
        crumbs={[
          { label: 'Applications', href: '/applications' },
          { label: application, href: applicationHref({ project, application }) },
          { label: 'Deploy' },
        ]}
      />
      <PageHeader
        title={`Deploy ${application}`}
        description="Choose what to deploy, look at the plan, request it. Nothing changes before the request."
      />
      {detail.data ? (
        <>
          {detail.data.deployable.passed ? null : (
            <p className="mb-4 flex items-start gap-2 rounded-lg border border-line bg-surface px-4 py-3 text-sm">
              <LockKeyhole aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
              <span>{detail.data.deployable.reason ?? 'This can not be deployed now.'}</span>
            </p>
          )}
          <DeployForm application={detail.data} />
        </>
      ) : detail.isError ? (
        <FaultState
          what="This application could not be loaded."
          where={`${project}/${application}`}
          error={detail.error}
          right="project.view"
          onRetry={() => void detail.refetch()}
          retrying={detail.isFetching}
        />
      ) : (
        <div role="status" aria-label="Loading" className="grid gap-4 xl:grid-cols-[5fr_7fr]">
          <CardSkeleton lines={9} />
          <CardSkeleton lines={5} />
        </div>
      )}
    </>
  )
}
