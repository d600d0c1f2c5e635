'use client'

import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { useMutation } from '@tanstack/react-query'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { useTRPC } from '@/live/trpc'
import { refOf, type HandTarget } from './hand-target'
import { Meaning } from './meaning'
import { useTold } from './use-told'

type HandDialogProps = { target: HandTarget; onClose: () => void }

export function RestartDialog({ target, onClose }: HandDialogProps) {
  const told = useTold()
  const restart = useMutation(useTRPC().workload.restart.mutationOptions())
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Restart ${target.name}?`}
      description="Every pod is replaced, one after the other, as its update strategy says: what kubectl rollout restart does."
      confirmLabel="Restart"
      tone="primary"
      pending={restart.isPending}
      error={restart.error ? <FaultText error={restart.error} /> : undefined}
      onConfirm={() =>
        restart.mutate(refOf(target), {
          onSuccess: (handled) => {
            told(`Restart of ${target.name} requested`, handled)
            onClose()
          },
        })
      }
    >
      <Meaning target={target} hand="restart" />
    </ConfirmDialog>
  )
}
