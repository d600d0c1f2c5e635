'use client'

import { EmptyState } from '@fairlead/ui/empty-state'
import { Button } from '@fairlead/ui/button'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { Wind } from 'lucide-react'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { useRights } from '@/features/settings/use-rights'
import { AreaTabs } from '@/features/workflows/area-tabs'
import { FaultState } from '@/live/fault-state'
import { airflowHome, airflowSettings } from './addresses'
import { DagsPage } from './dags-page'
import { useConnections } from './use-connection'

/** The DAGs of one connection; without a name in the address, of the first one. */
export function AirflowPage({ connection }: { connection: string | null }) {
  const connections = useConnections()
  const found =
    connection === null ? connections.data?.[0] : connections.data?.find(({ name }) => name === connection)
  if (connections.data && found)
    return <DagsPage key={found.name} connection={found} all={connections.data} />
  return (
    <>
      <TopbarCrumbs crumbs={[{ label: 'Workflows', href: '/workflows' }, { label: 'Airflow' }]} />
      <PageHeader title="Airflow" />
      <AreaTabs />
      {connections.data ? (
        connection === null ? (
          <NoConnection />
        ) : (
          <EmptyState
            icon={<Wind aria-hidden />}
            title={`No Airflow named ${connection}`}
            className="rounded-lg border border-line bg-surface"
            action={<Button href={airflowHome}>Airflow</Button>}
          >
            It was removed, or is not given to a project of yours.
          </EmptyState>
        )
      ) : connections.error ? (
        <FaultState
          what="Airflow connections are not shown."
          error={connections.error}
          right="project.view"
          onRetry={() => void connections.refetch()}
          retrying={connections.isFetching}
        />
      ) : (
        <SkeletonRows
          className="rounded-lg border border-line bg-surface"
          label="Loading Airflow connections"
        />
      )}
    </>
  )
}

function NoConnection() {
  const { whyNot } = useRights()
  const mayNot = whyNot('airflow.manage', { kind: 'installation' })
  return (
    <EmptyState
      icon={<Wind aria-hidden />}
      title="No Airflow is connected"
      className="rounded-lg border border-line bg-surface"
      command="npx fairlead airflow add nightly --url https://airflow.example.org --username fairlead --password-file - --project shop"
      action={
        <Button variant="primary" href={airflowSettings} disabledReason={mayNot}>
          Connect Airflow
        </Button>
      }
    >
      {mayNot === null
        ? 'Its DAGs, runs, logs and human tasks stand here then, beside your own workflows and under Fairlead’s rights.'
        : 'None is given to a project of yours. An administrator connects one under Settings, Airflow, and gives it to projects.'}
    </EmptyState>
  )
}
