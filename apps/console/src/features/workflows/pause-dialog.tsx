'use client'

import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { useMutation } from '@tanstack/react-query'
import { ReasonDialog } from '@/features/rollouts/reason-dialog'
import { useAskAgain } from '@/features/runs/use-ask-again'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'

type PauseDialogProps = { workflow: WorkflowDetail; onClose: () => void }

export function PauseDialog({ workflow, onClose }: PauseDialogProps) {
  const { name, project, schedule } = workflow
  const trpc = useTRPC()
  const askAgain = useAskAgain()
  const pause = useMutation(
    trpc.workflow.pause.mutationOptions({
      onSuccess: () => {
        askAgain()
        onClose()
        toast.success('Paused', { description: `${project}/${name}` })
      },
    }),
  )
  return (
    <ReasonDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Pause ${name}`}
      description={
        schedule
          ? 'Its schedule starts nothing until somebody resumes it. Runs that are on their way go on.'
          : 'It has no schedule: a pause only marks it. Runs that are on their way go on.'
      }
      confirmLabel="Pause"
      tone="primary"
      example="The source database is being moved."
      pending={pause.isPending}
      error={pause.error}
      onConfirm={(reason) => pause.mutate({ project, workflow: name, reason })}
    />
  )
}
