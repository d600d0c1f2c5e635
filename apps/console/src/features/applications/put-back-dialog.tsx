'use client'

import type { TargetDrift } from '@fairlead/contracts/drift'
import { useMutation } from '@tanstack/react-query'
import { ReasonDialog } from '@/features/rollouts/reason-dialog'
import { useAskAgain } from '@/features/rollouts/use-ask-again'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'

type PutBackDialogProps = { project: string; application: string; target: TargetDrift; onClose: () => void }

export function PutBackDialog({ project, application, target, onClose }: PutBackDialogProps) {
  const { stage, cluster, objects, release } = target
  const trpc = useTRPC()
  const askAgain = useAskAgain()
  const putBack = useMutation(
    trpc.drift.putBack.mutationOptions({
      onSuccess: () => {
        askAgain()
        onClose()
        toast.success('It is being put back', { description: `${application}, ${stage} on ${cluster.name}` })
      },
    }),
  )
  const managers = [...new Set(objects.flatMap(({ authors }) => authors.map(({ manager }) => manager)))]
  const restarts = objects.reduce((sum, object) => sum + object.restarts, 0)
  return (
    <ReasonDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Put ${stage} on ${cluster.name} back`}
      description={`${objects.map(({ kind, name }) => `${kind} ${name}`).join(', ')}: as release ${release ?? ''} has it, which was approved and verified. ${
        managers.length > 0 ? `What ${managers.join(', ')} wrote there is lost. ` : ''
      }${restarts > 0 ? `It restarts ${restarts === 1 ? 'one pod' : `${restarts} pods`}.` : 'No pod restarts for it.'}`}
      confirmLabel="Put back"
      tone="danger"
      example="The limits were raised by hand during the incident, which is over."
      typedName={cluster.environment === 'production' ? application : undefined}
      pending={putBack.isPending}
      error={putBack.error}
      onConfirm={(reason) => putBack.mutate({ project, application, stage, cluster: cluster.name, reason })}
    />
  )
}
