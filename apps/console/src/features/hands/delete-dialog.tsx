'use client'

import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { useMutation } from '@tanstack/react-query'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { useTRPC } from '@/live/trpc'
import { refOf, typedNameOf, type HandTarget } from './hand-target'
import { Meaning } from './meaning'
import { useTold } from './use-told'

type HandDialogProps = { target: HandTarget; onClose: () => void }

export function DeleteDialog({ target, onClose }: HandDialogProps) {
  const told = useTold()
  const remove = useMutation(useTRPC().object.delete.mutationOptions())
  const { kind, name, uid } = target
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Delete ${kind} ${name}?`}
      description={consequence[kind] ?? 'It can’t be brought back from here.'}
      confirmLabel="Delete"
      typedName={typedNameOf(target)}
      pending={remove.isPending}
      error={remove.error ? <FaultText error={remove.error} /> : undefined}
      onConfirm={() =>
        remove.mutate(
          { ...refOf(target), uid, confirm: name },
          {
            onSuccess: (handled) => {
              told(`Deletion of ${name} requested`, handled)
              onClose()
            },
          },
        )
      }
    >
      <Meaning target={target} hand="delete" />
    </ConfirmDialog>
  )
}

const withPods = 'Its pods go with it, and it can’t be brought back from here.'
const consequence: Partial<Record<HandTarget['kind'], string>> = {
  Pod: 'It gets its grace period to stop. A controller that owns it starts another; a pod of nobody is gone for good.',
  Deployment: withPods,
  StatefulSet: `${withPods} Its PersistentVolumeClaims stay.`,
  DaemonSet: withPods,
  Job: withPods,
  CronJob: 'Its Jobs and their pods go with it.',
  Service: 'Whatever reaches pods through it loses them at once.',
}
