'use client'

import type { ClusterCard } from '@fairlead/contracts/cluster'
import { Button } from '@fairlead/ui/button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { IconButton } from '@fairlead/ui/icon-button'
import { Menu } from '@fairlead/ui/menu'
import { PageHeader } from '@fairlead/ui/page-header'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { Skeleton, SkeletonRows } from '@fairlead/ui/skeleton'
import { useNow } from '@fairlead/ui/use-now'
import { useQuery } from '@tanstack/react-query'
import { Ellipsis, KeyRound, Plus, Server, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { clusterHref, ClusterMark } from '@/features/clusters/cluster-mark'
import { SourceMark } from '@/features/clusters/source-mark'
import { useFleet } from '@/features/clusters/use-clusters'
import { orderFleet } from '@/features/fleet/fleet-filter'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { RemoveCluster } from './remove-cluster'
import { RotateDialog } from './rotate-dialog'
import { useMayManageClusters } from './use-may-manage'

const registerHref = '/settings/clusters/register'

export function ClusterSettingsPage() {
  const { data, error, refetch, isFetching } = useFleet()
  const denied = useMayManageClusters()
  const register = (
    <Button variant="primary" href={registerHref} icon={<Plus aria-hidden />} disabledReason={denied}>
      Register cluster
    </Button>
  )
  return (
    <>
      <PageHeader
        title="Clusters"
        description="Which clusters Fairlead knows, with which credential, and how old it is."
        actions={register}
      />
      {data && data.clusters.length > 0 ? (
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
          {orderFleet(data.clusters).map((cluster) => (
            <ClusterRow key={cluster.id} cluster={cluster} denied={denied} />
          ))}
        </ul>
      ) : data ? (
        <div className="rounded-lg border border-line bg-surface">
          <EmptyState
            icon={<Server aria-hidden />}
            title="No cluster yet"
            command="fairlead cluster add staging --kubeconfig ~/.kube/config --environment staging"
            action={register}
          />
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
          <SkeletonRows rows={4} label="Loading clusters" />
        </div>
      )}
    </>
  )
}

type ClusterRowProps = { cluster: ClusterCard; denied: string | null }

function ClusterRow({ cluster, denied }: ClusterRowProps) {
  const [open, setOpen] = useState<'rotate' | 'remove' | null>(null)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 px-4 py-2.5 md:grid-cols-[minmax(0,2fr)_13rem_minmax(0,2fr)_auto]">
      <ClusterMark cluster={cluster} />
      <SourceMark freshness={cluster.freshness} className="max-md:order-3" />
      <CredentialAge cluster={cluster} />
      <div className="flex items-center gap-1 max-md:order-2">
        <Button size="sm" href={`${clusterHref(cluster.name)}?tab=settings`} className="max-sm:hidden">
          Check
        </Button>
        <Menu
          trigger={
            <IconButton size="sm" label={`More for ${cluster.name}`} icon={<Ellipsis aria-hidden />} />
          }
          groups={[
            {
              items: [
                {
                  label: 'Rotate credential',
                  icon: <KeyRound aria-hidden />,
                  disabledReason: denied,
                  onSelect: () => setOpen('rotate'),
                },
                {
                  label: 'Remove',
                  icon: <Trash2 aria-hidden />,
                  tone: 'danger',
                  disabledReason: denied,
                  onSelect: () => setOpen('remove'),
                },
              ],
            },
          ]}
        />
      </div>
      <RotateDialog
        cluster={cluster}
        open={open === 'rotate'}
        onOpenChange={(next) => setOpen(next ? 'rotate' : null)}
      />
      <RemoveCluster
        cluster={cluster}
        open={open === 'remove'}
        onOpenChange={(next) => setOpen(next ? 'remove' : null)}
      />
    </li>
  )
}

const oldAfterMs = 90 * 24 * 3_600_000

function CredentialAge({ cluster }: { cluster: ClusterCard }) {
  const { data } = useQuery(
    useTRPC().cluster.get.queryOptions({ cluster: cluster.name }, { staleTime: 60_000 }),
  )
  const nowMs = useNow()
  const credential = data?.credential
  const old = credential && nowMs - Date.parse(credential.rotatedAt) > oldAfterMs
  return (
    <div className="min-w-0 text-xs text-muted max-md:order-4 max-md:col-span-2">
      <p className="truncate font-mono">{cluster.server}</p>
      {data === undefined ? (
        <Skeleton className="mt-1 h-3 w-40" />
      ) : credential ? (
        <p className="truncate">
          {credential.kind}, version {credential.version}, from{' '}
          <RelativeTime at={credential.rotatedAt} className={old ? 'text-progress' : undefined} />
          {old ? ': time to rotate' : ''}
        </p>
      ) : (
        <p className="truncate">no credential that you may see</p>
      )}
    </div>
  )
}
