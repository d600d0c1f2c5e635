'use client'

import type { RolloutId } from '@fairlead/contracts/ids'
import type { RolloutView } from '@fairlead/contracts/rollout'
import { rolloutActions } from '@fairlead/contracts/rollout-states'
import { useMutation } from '@tanstack/react-query'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { ReasonDialog } from './reason-dialog'
import { RollbackDialog } from './rollback-dialog'
import { useAskAgain } from './use-ask-again'

export type AskedAction = 'pause' | 'cancel' | 'rollback' | 'abort'
type RolloutDialogsProps = {
  rollout: RolloutView
  /** The stage that is open on the page. */
  stage: string | undefined
  asked: AskedAction
  onClose: () => void
}

/** What an action asks before it is sent: why, and the typed name where production is touched. */
export function RolloutDialogs({ rollout, stage, asked, onClose }: RolloutDialogsProps) {
  if (asked === 'pause') return <PauseDialog rollout={rollout} onClose={onClose} />
  if (asked === 'abort') return <AbortDialog rollout={rollout} onClose={onClose} />
  if (asked === 'cancel') return <CancelDialog rollout={rollout} onClose={onClose} />
  return (
    <RollbackDialog
      project={rollout.project}
      application={rollout.application}
      stage={stage}
      stages={rollout.stages
        .filter(({ state }) => (rolloutActions.rollback.from as readonly string[]).includes(state))
        .map(({ name }) => name)}
      onClose={onClose}
    />
  )
}

type DialogProps = Pick<RolloutDialogsProps, 'rollout' | 'onClose'>

function useSaid({ rollout, onClose }: DialogProps, title: string) {
  const askAgain = useAskAgain()
  return () => {
    askAgain()
    onClose()
    toast.success(title, { description: `${rollout.application} #${rollout.number}` })
  }
}

function PauseDialog(props: DialogProps) {
  const { rollout, onClose } = props
  const trpc = useTRPC()
  const onSuccess = useSaid(props, 'Pause requested')
  const pause = useMutation(trpc.rollout.pause.mutationOptions({ onSuccess }))
  return (
    <ReasonDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Pause ${rollout.application} #${rollout.number}`}
      description="What is applied stays applied and may go on converging; no further target or stage is begun until somebody resumes it."
      confirmLabel="Pause"
      tone="primary"
      example="Watching the error rate first."
      pending={pause.isPending}
      error={pause.error}
      onConfirm={(reason) => pause.mutate({ rollout: rollout.id as RolloutId, reason })}
    />
  )
}

function AbortDialog(props: DialogProps) {
  const { rollout, onClose } = props
  const trpc = useTRPC()
  const onSuccess = useSaid(props, 'Abort requested')
  const abort = useMutation(trpc.rollout.abort.mutationOptions({ onSuccess }))
  return (
    <ReasonDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Abort ${rollout.application} #${rollout.number}`}
      description="What was tried goes, the stage goes back to its last verified release, and the release is held."
      confirmLabel="Abort"
      tone="danger"
      example="The error rate is above what we want."
      pending={abort.isPending}
      error={abort.error}
      onConfirm={(reason) => abort.mutate({ rollout: rollout.id as RolloutId, reason })}
    />
  )
}

function CancelDialog(props: DialogProps) {
  const { rollout, onClose } = props
  const trpc = useTRPC()
  const onSuccess = useSaid(props, 'Cancel requested')
  const cancel = useMutation(trpc.rollout.cancel.mutationOptions({ onSuccess }))
  return (
    <ReasonDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Cancel ${rollout.application} #${rollout.number}`}
      description="Nothing more of this rollout is applied. What was applied stays as it is: roll back to undo it."
      confirmLabel="Cancel the rollout"
      tone="danger"
      typedName={inProduction(rollout) ? rollout.application : undefined}
      example="A newer fix follows."
      pending={cancel.isPending}
      error={cancel.error}
      onConfirm={(reason) => cancel.mutate({ rollout: rollout.id as RolloutId, reason })}
    />
  )
}

/** Whether anything was or is being applied to a production cluster. */
const inProduction = (rollout: RolloutView): boolean =>
  rollout.stages.some((stage) =>
    stage.targets.some(({ cluster, state }) => cluster.environment === 'production' && state !== 'pending'),
  )
