'use client'

import { useMutation } from '@tanstack/react-query'
import { toast } from '@/features/shell/toast'
import { ReasonDialog } from '@/features/rollouts/reason-dialog'
import { useAskAgain } from '@/features/rollouts/use-ask-again'
import { useTRPC } from '@/live/trpc'

type LiftHoldDialogProps = { project: string; application: string; stage: string; onClose: () => void }

export function LiftHoldDialog({ project, application, stage, onClose }: LiftHoldDialogProps) {
  const trpc = useTRPC()
  const askAgain = useAskAgain()
  const lift = useMutation(
    trpc.rollout.liftHold.mutationOptions({
      onSuccess: () => {
        askAgain()
        onClose()
        toast.success('Hold lifted', { description: `${application}, ${stage}` })
      },
    }),
  )
  return (
    <ReasonDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Lift the hold on ${stage}`}
      description="Automation may act on this stage again. The release that was rolled back can then be deployed once more."
      confirmLabel="Lift the hold"
      tone="primary"
      example="The cause is found: the image lacked its config."
      pending={lift.isPending}
      error={lift.error}
      onConfirm={(reason) => lift.mutate({ project, application, stage, reason })}
    />
  )
}
