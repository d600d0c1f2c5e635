'use client'

import type { RolloutId } from '@fairlead/contracts/ids'
import type { RolloutView } from '@fairlead/contracts/rollout'
import { isTerminal, rolloutActions } from '@fairlead/contracts/rollout-states'
import { Button } from '@fairlead/ui/button'
import { useMutation } from '@tanstack/react-query'
import { OctagonX, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { ReasonDialog } from './reason-dialog'
import { UndoNote } from './undo-note'
import { useAskAgain } from './use-ask-again'

type Asked = 'halt' | 'rollbackWaves'

/** Beside pause and resume, which are of the whole rollout: no further target, and back with those that have it. */
export function WaveActions({ rollout }: { rollout: RolloutView }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  if (isTerminal.rollout(rollout.state)) return null
  const whyNot = (action: Asked) => {
    const { passed, reason } = rollout.actions[action]
    return passed ? null : (reason ?? `${rolloutActions[action].word} is not possible now.`)
  }
  const close = () => setAsked(null)
  return (
    <>
      <Button
        size="sm"
        icon={<OctagonX aria-hidden />}
        onClick={() => setAsked('halt')}
        disabledReason={whyNot('halt')}
      >
        {rolloutActions.halt.word}
      </Button>
      <Button
        size="sm"
        variant="danger-quiet"
        icon={<Undo2 aria-hidden />}
        onClick={() => setAsked('rollbackWaves')}
        disabledReason={whyNot('rollbackWaves')}
      >
        {rolloutActions.rollbackWaves.word}
      </Button>
      {asked === 'halt' ? <HaltDialog rollout={rollout} onClose={close} /> : null}
      {asked === 'rollbackWaves' ? <TakeBackDialog rollout={rollout} onClose={close} /> : null}
    </>
  )
}

type DialogProps = { rollout: RolloutView; onClose: () => void }

function HaltDialog({ rollout, onClose }: DialogProps) {
  const trpc = useTRPC()
  const askAgain = useAskAgain()
  const onSuccess = () => {
    askAgain()
    onClose()
    toast.success('Halted', { description: `${rollout.application} #${rollout.number}` })
  }
  const halt = useMutation(trpc.rollout.halt.mutationOptions({ onSuccess }))
  return (
    <ReasonDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Halt ${rollout.application} #${rollout.number}`}
      description="For good: no further target gets this release from this rollout. What was begun is seen to its end. Then roll back, cancel or deploy again; to go on later, pause it instead."
      confirmLabel="Halt the waves"
      tone="danger"
      example="The first region shows more errors."
      pending={halt.isPending}
      error={halt.error}
      onConfirm={(reason) => halt.mutate({ rollout: rollout.id as RolloutId, reason })}
    />
  )
}

function TakeBackDialog({ rollout, onClose }: DialogProps) {
  const trpc = useTRPC()
  const askAgain = useAskAgain()
  const onSuccess = ({ targets }: { targets: number }) => {
    askAgain()
    onClose()
    toast.success('Rolling back', { description: `${targets} of ${rollout.application} #${rollout.number}` })
  }
  const back = useMutation(trpc.rollout.rollbackWaves.mutationOptions({ onSuccess }))
  const production = rollout.stages.some(({ targets }) =>
    targets.some(({ cluster, state }) => cluster.environment === 'production' && state !== 'pending'),
  )
  return (
    <ReasonDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Roll back the waves of ${rollout.application} #${rollout.number}`}
      description="Every target that got this release in this rollout goes back to the verified one, all of them at once. No other target gets it."
      confirmLabel="Roll back the waves"
      tone="danger"
      typedName={production ? rollout.application : undefined}
      example="Payments fail in the first region."
      pending={back.isPending}
      error={back.error}
      onConfirm={(reason) => back.mutate({ rollout: rollout.id as RolloutId, reason })}
    >
      <UndoNote />
    </ReasonDialog>
  )
}
