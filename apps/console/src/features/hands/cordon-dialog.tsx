'use client'

import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { useMutation } from '@tanstack/react-query'
import type { ClusterId } from '@fairlead/contracts/ids'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { HandFreeze } from '@/features/freeze/hand-freeze'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { useTRPC } from '@/live/trpc'
import type { HandTarget } from './hand-target'
import { useTold } from './use-told'

type CordonDialogProps = { target: HandTarget; onClose: () => void; hand: 'cordon' | 'uncordon' }

const words = {
  cordon: 'No new pod is placed on it. What runs there stays.',
  uncordon: 'The scheduler may place pods on it again. Nothing moves by itself.',
} as const

export function CordonDialog({ target, onClose, hand }: CordonDialogProps) {
  const trpc = useTRPC()
  const told = useTold()
  const cordon = useMutation(trpc.node.cordon.mutationOptions())
  const uncordon = useMutation(trpc.node.uncordon.mutationOptions())
  const asked = hand === 'cordon' ? cordon : uncordon
  const verb = hand === 'cordon' ? 'Cordon' : 'Uncordon'
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`${verb} ${target.name}?`}
      description={words[hand]}
      confirmLabel={verb}
      tone="primary"
      pending={asked.isPending}
      error={asked.error ? <FaultText error={asked.error} /> : undefined}
      onConfirm={() =>
        asked.mutate(
          { cluster: target.cluster.id as ClusterId, name: target.name },
          {
            onSuccess: (handled) => {
              told(`${target.name} is ${hand}ed`, handled)
              onClose()
            },
          },
        )
      }
    >
      <ClusterMark cluster={target.cluster} href={null} />
      <HandFreeze action={hand} place={target} />
    </ConfirmDialog>
  )
}
