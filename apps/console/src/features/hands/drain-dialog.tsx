'use client'

import type { ClusterId } from '@fairlead/contracts/ids'
import type { DrainPlan } from '@fairlead/contracts/hands'
import { Checkbox } from '@fairlead/ui/checkbox'
import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { HandFreeze } from '@/features/freeze/hand-freeze'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { alone } from '@/live/api-client'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { DrainPreview } from './drain-preview'
import { typedNameOf, type HandTarget } from './hand-target'
import { useTold } from './use-told'

type DrainDialogProps = { target: HandTarget; onClose: () => void }

/** Which pods would go, which stay, which hold it up; then the drain itself. */
export function DrainDialog({ target, onClose }: DrainDialogProps) {
  const trpc = useTRPC()
  const told = useTold()
  const [emptyDir, setEmptyDir] = useState(false)
  const [unmanaged, setUnmanaged] = useState(false)
  const { cluster, name } = target
  const wanted = { cluster: cluster.id as ClusterId, name, emptyDir, unmanaged }
  const plan = useQuery(
    trpc.node.planDrain.queryOptions(wanted, {
      trpc: alone,
      placeholderData: (previous: DrainPlan | undefined) => previous,
      refetchInterval: 5_000,
    }),
  )
  const drain = useMutation(trpc.node.drain.mutationOptions())
  const start = () =>
    drain.mutate(
      { ...wanted, confirm: name },
      {
        onSuccess: () => {
          told(`Drain of ${name} requested`, { notes: ['It goes on without this page.'] })
          onClose()
        },
      },
    )
  return (
    <ConfirmDialog
      open
      size="xl"
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Drain ${name}`}
      description="It is cordoned first. Then its pods are evicted as their PodDisruptionBudgets allow it; what a budget holds is asked for again until it may go."
      confirmLabel="Drain"
      typedName={typedNameOf(target)}
      pending={drain.isPending}
      error={drain.error ? <FaultText error={drain.error} /> : undefined}
      onConfirm={start}
    >
      <ClusterMark cluster={cluster} href={null} />
      <HandFreeze action="drain" place={target} />
      {plan.data ? (
        <DrainPreview plan={plan.data} />
      ) : plan.error ? (
        <FaultState
          what="The node's pods could not be read."
          error={plan.error}
          right="node.operate"
          onRetry={() => void plan.refetch()}
          retrying={plan.isFetching}
        />
      ) : (
        <SkeletonRows rows={5} label="Reading the node's pods" />
      )}
      <Checkbox
        checked={emptyDir}
        onCheckedChange={setEmptyDir}
        label="Take pods along whose emptyDir data is lost"
        hint="kubectl’s --delete-emptydir-data"
      />
      <Checkbox
        checked={unmanaged}
        onCheckedChange={setUnmanaged}
        label="Take pods along that no controller brings back"
        hint="kubectl’s --force: they are gone for good"
      />
    </ConfirmDialog>
  )
}
