'use client'

import type { RolloutId } from '@fairlead/contracts/ids'
import type { RolloutView } from '@fairlead/contracts/rollout'
import { isTerminal, rolloutActions, type RolloutAction } from '@fairlead/contracts/rollout-states'
import { Button } from '@fairlead/ui/button'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { useMutation } from '@tanstack/react-query'
import { Ban, Pause, Play, Undo2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useHotkey } from '@/features/shell/hotkeys'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import type { AskedAction } from './rollout-dialogs'
import { useAskAgain } from './use-ask-again'

const RolloutDialogs = dynamic(() => import('./rollout-dialogs').then((module) => module.RolloutDialogs))

type RolloutActionsProps = { rollout: RolloutView; stage: string | undefined }

/** Everything that can be done to a rollout; what can't be says why. */
export function RolloutActions({ rollout, stage }: RolloutActionsProps) {
  const [asked, setAsked] = useState<AskedAction | null>(null)
  const { resume, isResuming } = useResume(rollout)
  const { actions, paused } = rollout
  const whyNot = (action: RolloutAction) =>
    actions[action].passed
      ? null
      : (actions[action].reason ?? `${rolloutActions[action].word} is not possible now.`)
  const pauseOrResume = () => (paused ? resume() : setAsked('pause'))
  const toggle = paused ? 'resume' : 'pause'
  useHotkey('x', () => setAsked('cancel'), { description: 'Cancel', enabled: actions.cancel.passed })
  useHotkey('b', () => setAsked('rollback'), { description: 'Roll back', enabled: actions.rollback.passed })
  useHotkey('p', pauseOrResume, { description: 'Pause or resume', enabled: actions[toggle].passed })
  const live = !isTerminal.rollout(rollout.state)
  return (
    <>
      <CopyAsMenu fairlead={commandOf(rollout)} api={apiCallOf(rollout)} />
      {live ? (
        <Button
          icon={paused ? <Play aria-hidden /> : <Pause aria-hidden />}
          loading={isResuming}
          onClick={pauseOrResume}
          disabledReason={whyNot(toggle)}
        >
          {rolloutActions[toggle].word}
        </Button>
      ) : null}
      <Button
        icon={<Undo2 aria-hidden />}
        onClick={() => setAsked('rollback')}
        disabledReason={whyNot('rollback')}
      >
        Roll back
      </Button>
      {live ? (
        <Button
          variant="danger-quiet"
          icon={<Ban aria-hidden />}
          onClick={() => setAsked('cancel')}
          disabledReason={whyNot('cancel')}
        >
          Cancel
        </Button>
      ) : null}
      {asked ? (
        <RolloutDialogs rollout={rollout} stage={stage} asked={asked} onClose={() => setAsked(null)} />
      ) : null}
    </>
  )
}

/** Needs no reason, so it asks nothing. */
function useResume(rollout: RolloutView) {
  const trpc = useTRPC()
  const askAgain = useAskAgain()
  const resuming = useMutation(
    trpc.rollout.resume.mutationOptions({
      onSuccess: () => {
        askAgain()
        toast.success('Resume requested', { description: `${rollout.application} #${rollout.number}` })
      },
      onError: (error) => void toast.error(faultOf(error).message),
    }),
  )
  return {
    resume: () => resuming.mutate({ rollout: rollout.id as RolloutId }),
    isResuming: resuming.isPending,
  }
}

const commandOf = (rollout: RolloutView): string => `fairlead rollout show ${rollout.id} --watch`

const apiCallOf = (rollout: RolloutView): string =>
  `curl -H "Authorization: Bearer $FAIRLEAD_TOKEN" --json '{"json":{"rollout":"${rollout.id}"}}' "$FAIRLEAD_URL/api/trpc/rollout.get"`
