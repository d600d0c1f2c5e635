'use client'

import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'

type RemoveClusterProps = { cluster: ClusterIdentity; open: boolean; onOpenChange: (open: boolean) => void }

export function RemoveCluster({ cluster, open, onOpenChange }: RemoveClusterProps) {
  const router = useRouter()
  const remove = useMutation(
    useTRPC().cluster.remove.mutationOptions({
      onSuccess: () => {
        toast.success(`${cluster.name} is removed`)
        router.push('/settings/clusters')
      },
    }),
  )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Remove ${cluster.name}?`}
      description="Its inventory, history of events and credential are deleted here. Rollouts can no longer reach it. The cluster itself is left as it is."
      confirmLabel="Remove cluster"
      typedName={cluster.name}
      pending={remove.isPending}
      error={remove.error ? faultOf(remove.error).message : undefined}
      onConfirm={() => remove.mutate({ cluster: cluster.name, confirm: cluster.name })}
    />
  )
}
