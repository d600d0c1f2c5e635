'use client'

import { Button } from '@fairlead/ui/button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { Plus, Server } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import { filterFleet, orderFleet } from '@/features/fleet/fleet-filter'
import { FleetTable } from '@/features/fleet/fleet-table'
import { FleetToolbar } from '@/features/fleet/fleet-toolbar'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useUrlParams } from '@/features/rollouts/url-param'
import { FaultState } from '@/live/fault-state'
import { useFleet } from './use-clusters'

const register = (
  <Button href="/settings/clusters/register" icon={<Plus aria-hidden />}>
    Register cluster
  </Button>
)

export function ClustersPage() {
  const { data, error, refetch, isFetching } = useFleet()
  const [params] = useUrlParams()
  const [text, setText] = useTextParam('q')
  const wanted = useDeferredValue(text)
  const environment = params.get('environment') as 'production' | 'staging' | 'development' | null
  const label = params.get('label')
  const shown = useMemo(
    () => filterFleet(orderFleet(data?.clusters ?? []), { text: wanted, environment, label }),
    [data, wanted, environment, label],
  )
  return (
    <>
      <PageHeader title="Clusters" actions={register} />
      {data ? (
        <div className="flex flex-col gap-3">
          {data.clusters.length > 0 ? (
            <FleetToolbar clusters={data.clusters} text={text} onText={setText} />
          ) : null}
          {shown.length > 0 ? (
            <FleetTable clusters={shown} />
          ) : (
            <div className="rounded-lg border border-line bg-surface">
              {data.clusters.length > 0 ? (
                <EmptyState title="No cluster matches the filters" />
              ) : (
                <EmptyState
                  icon={<Server aria-hidden />}
                  title="No cluster yet"
                  command="fairlead cluster add staging --kubeconfig ~/.kube/config"
                  action={register}
                />
              )}
            </div>
          )}
        </div>
      ) : error ? (
        <FaultState
          what="The clusters could not be loaded."
          error={error}
          right="inventory.view"
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          <SkeletonRows rows={6} label="Loading clusters" />
        </div>
      )}
    </>
  )
}
