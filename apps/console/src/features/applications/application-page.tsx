'use client'

import type { ApplicationDetail } from '@fairlead/contracts/application'
import { Button } from '@fairlead/ui/button'
import { LinkTabs } from '@fairlead/ui/link-tabs'
import { PageHeader } from '@fairlead/ui/page-header'
import { Skeleton } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Rocket } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { applicationHref, deployHref } from '@/features/rollouts/addresses'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { useUrlParams } from '@/features/rollouts/url-param'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { ExceptionBanner } from '@/features/freeze/exception-banner'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { StagesTab } from './stages-tab'

const loading = () => <CardSkeleton lines={6} />
const HistoryTab = dynamic(() => import('./history-tab').then((module) => module.HistoryTab), { loading })
const ReleasesTab = dynamic(() => import('./releases-tab').then((module) => module.ReleasesTab), { loading })
const DriftTab = dynamic(() => import('./drift-tab').then((module) => module.DriftTab), { loading })
const SourceTab = dynamic(() => import('./source-tab').then((module) => module.SourceTab), { loading })
const CompareTab = dynamic(() => import('./compare-tab').then((module) => module.CompareTab), { loading })
const DocumentTab = dynamic(() => import('./document-tab').then((module) => module.DocumentTab), { loading })

type ApplicationPageProps = { project: string; application: string }

export function ApplicationPage({ project, application }: ApplicationPageProps) {
  const trpc = useTRPC()
  const detail = useQuery(trpc.application.get.queryOptions({ project, application }))
  if (detail.data) return <Application application={detail.data} />
  if (detail.isError)
    return (
      <FaultState
        what="This application could not be loaded."
        where={`${project}/${application}`}
        error={detail.error}
        right="project.view"
        onRetry={() => void detail.refetch()}
        retrying={detail.isFetching}
      />
    )
  return (
    <div role="status" aria-label="Loading the application" className="space-y-4">
      <Skeleton className="h-8 w-64" />
      <div className="grid gap-4 pt-6 sm:grid-cols-2">
        <CardSkeleton lines={7} />
        <CardSkeleton lines={7} />
      </div>
    </div>
  )
}

function Application({ application }: { application: ApplicationDetail }) {
  const { name, project, releases, deployable, stages } = application
  const drifted = stages.reduce((sum, { drift }) => sum + (drift?.objects ?? 0), 0)
  const [params] = useUrlParams()
  const router = useRouter()
  const tab = params.get('tab') ?? 'stages'
  const deploy = deployHref({ project, application: name })
  const href = (value: string) =>
    applicationHref({ project, application: name }, value === 'stages' ? undefined : value)
  useHotkey('d', () => router.push(deploy), { description: 'Deploy', enabled: deployable.passed })
  return (
    <>
      <TopbarCrumbs crumbs={[{ label: 'Applications', href: '/applications' }, { label: name }]} />
      <PageHeader
        title={name}
        description={`Project ${project}`}
        actions={
          <Button
            variant="primary"
            icon={<Rocket aria-hidden />}
            href={deploy}
            disabledReason={deployable.passed ? null : (deployable.reason ?? 'This can not be deployed now.')}
          >
            Deploy
          </Button>
        }
      />
      <ExceptionBanner shown={{ project, application: name }} />
      <LinkTabs
        label="Application"
        className="mb-4"
        current={href(tab)}
        items={[
          { href: href('stages'), label: 'Stages' },
          { href: href('history'), label: 'History' },
          { href: href('releases'), label: 'Releases', count: releases.length },
          { href: href('source'), label: 'Source' },
          { href: href('drift'), label: 'Drift', ...(drifted === 0 ? {} : { count: drifted }) },
          { href: href('compare'), label: 'Compare' },
          { href: href('document'), label: 'Document' },
        ]}
      />
      {tab === 'history' ? (
        <HistoryTab project={project} application={name} />
      ) : tab === 'releases' ? (
        <ReleasesTab application={application} />
      ) : tab === 'source' ? (
        <SourceTab project={project} application={name} />
      ) : tab === 'drift' ? (
        <DriftTab project={project} application={name} />
      ) : tab === 'compare' ? (
        <CompareTab application={application} />
      ) : tab === 'document' ? (
        <DocumentTab application={application} />
      ) : (
        <StagesTab application={application} />
      )}
    </>
  )
}
