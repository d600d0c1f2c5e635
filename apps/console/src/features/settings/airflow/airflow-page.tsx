'use client'

import type { AirflowConnectionView } from '@fairlead/contracts/airflow'
import { Button } from '@fairlead/ui/button'
import { DataTable } from '@fairlead/ui/data-table'
import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Plus, Wind } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { useRights } from '../use-rights'
import { airflowColumns, type AirflowAction } from './airflow-columns'
import { AirflowProjectsDialog } from './airflow-projects-dialog'
import { CheckAirflow } from './check-airflow'
import { ConnectAirflowDialog } from './connect-airflow-dialog'
import { PodPlacesDialog } from './pod-places-dialog'
import { RemoveAirflow } from './remove-airflow'
import { RotateAirflowDialog } from './rotate-airflow-dialog'

export function AirflowPage() {
  const connections = useQuery(useTRPC().airflow.list.queryOptions({}))
  const { whyNot } = useRights()
  const mayNot = whyNot('airflow.manage', { kind: 'installation' })
  const [connecting, setConnecting] = useState(false)
  const [asked, setAsked] = useState<{ what: AirflowAction; connection: AirflowConnectionView } | null>(null)
  const columns = useMemo(
    () => airflowColumns({ mayNot, onAsk: (what, connection) => setAsked({ what, connection }) }),
    [mayNot],
  )
  useHotkey('c', () => setConnecting(true), {
    description: 'Connect an Airflow',
    group: 'Airflow',
    enabled: mayNot === null,
  })
  const changed = () => void connections.refetch()
  return (
    <>
      <PageHeader
        title="Airflow"
        description="Installations of Apache Airflow that Fairlead speaks to with a user of its own. Nothing of their state is kept here."
        actions={
          <Button
            variant="primary"
            icon={<Plus aria-hidden />}
            onClick={() => setConnecting(true)}
            disabledReason={mayNot}
          >
            Connect Airflow
          </Button>
        }
      />
      {connections.data ? (
        <DataTable
          label="Airflow connections"
          rows={connections.data}
          rowKey={({ name }) => name}
          columns={columns}
          rowHeight={36}
          empty={<NoAirflow />}
        />
      ) : connections.error ? (
        <FaultState
          what="Airflow connections are not shown."
          error={connections.error}
          right="project.view"
          onRetry={changed}
          retrying={connections.isFetching}
        />
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          <SkeletonRows label="Loading Airflow connections" />
        </div>
      )}
      {connecting ? (
        <ConnectAirflowDialog onClose={() => setConnecting(false)} onConnected={changed} />
      ) : null}
      {asked ? <Asked {...asked} onClose={() => setAsked(null)} onDone={changed} /> : null}
    </>
  )
}

type AskedProps = {
  what: AirflowAction
  connection: AirflowConnectionView
  onClose: () => void
  onDone: () => void
}

function Asked({ what, connection, onClose, onDone }: AskedProps) {
  const { name } = connection
  if (what === 'check') return <CheckAirflow connection={name} onClose={onClose} />
  if (what === 'remove') return <RemoveAirflow connection={name} onClose={onClose} onRemoved={onDone} />
  const props = { connection, onClose, onDone }
  if (what === 'pods') return <PodPlacesDialog {...props} />
  return what === 'rotate' ? <RotateAirflowDialog {...props} /> : <AirflowProjectsDialog {...props} />
}

const NoAirflow = () => (
  <EmptyState
    icon={<Wind aria-hidden />}
    title="No Airflow is connected."
    command="npx fairlead airflow add nightly --url https://airflow.example.org --username fairlead --password-file - --project shop"
  >
    Its DAGs, runs and logs can be read and acted on under Fairlead’s rights and audit log.
  </EmptyState>
)
