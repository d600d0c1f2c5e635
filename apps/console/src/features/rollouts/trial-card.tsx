'use client'

import type { RolloutId } from '@fairlead/contracts/ids'
import type { RolloutView, StageView } from '@fairlead/contracts/rollout'
import { rolloutActions } from '@fairlead/contracts/rollout-states'
import type { TrialView } from '@fairlead/contracts/strategy'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { useMutation } from '@tanstack/react-query'
import { FastForward, OctagonX } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { TrialSplits } from './trial-splits'
import { TrialStep } from './trial-step'
import { useAskAgain } from './use-ask-again'

const RolloutDialogs = dynamic(() => import('./rollout-dialogs').then((module) => module.RolloutDialogs))

type TrialCardProps = { rollout: RolloutView; stage: StageView; trial: TrialView }

const titles = { canary: 'Canary', green: 'Blue-green' } as const satisfies Record<TrialView['side'], string>

/** Where the trial is: its steps, what share is wanted and what there is, what it waits for, and the two ways out. */
export function TrialCard({ rollout, stage, trial }: TrialCardProps) {
  const live = stage.state === 'trial'
  return (
    <Card title={titles[trial.side]} actions={live ? <TrialActions {...{ rollout, stage, trial }} /> : null}>
      <div className="space-y-4">
        {trial.waits ? (
          <p className="text-sm">
            <span className="text-muted">Waits: </span>
            <span className="break-words">{trial.waits.what}</span>{' '}
            <span className="text-xs text-muted">
              up to <span className="font-medium text-fg">{trial.waits.owner}</span>
              {trial.waits.until ? (
                <>
                  , until <RelativeTime at={trial.waits.until} />
                </>
              ) : null}
            </span>
          </p>
        ) : null}
        <TrialSplits targets={stage.targets} />
        <ol aria-label="Steps of the trial" className="space-y-3">
          {trial.steps.map((step, index) => (
            <TrialStep
              // Steps are a list that never changes while a rollout lasts.
              key={index}
              step={step}
              number={index + 1}
              gates={stage.gates}
              stepGates={stepGatesBefore(trial, index)}
            />
          ))}
        </ol>
      </div>
    </Card>
  )
}

/** Gates of steps come in the order of their steps: so many belong to earlier ones. */
const stepGatesBefore = ({ steps }: TrialView, index: number): number =>
  steps.slice(0, index).filter(({ analysis }) => analysis !== null && !('prometheus' in analysis)).length

function TrialActions({ rollout, stage, trial }: TrialCardProps) {
  const [aborting, setAborting] = useState(false)
  const { promote, isPromoting } = usePromote(rollout, stage.name, trial.current)
  const whyNot = (action: 'promote' | 'abort') =>
    rollout.actions[action].passed
      ? null
      : (rollout.actions[action].reason ?? `${rolloutActions[action].word} is not possible now.`)
  return (
    <span className="flex flex-wrap gap-2">
      <Button
        icon={<FastForward aria-hidden />}
        loading={isPromoting}
        onClick={promote}
        disabledReason={whyNot('promote')}
      >
        Promote
      </Button>
      <Button
        variant="danger-quiet"
        icon={<OctagonX aria-hidden />}
        onClick={() => setAborting(true)}
        disabledReason={whyNot('abort')}
      >
        Abort
      </Button>
      {aborting ? (
        <RolloutDialogs
          rollout={rollout}
          stage={stage.name}
          asked="abort"
          onClose={() => setAborting(false)}
        />
      ) : null}
    </span>
  )
}

/** It names the step that is on the screen, so a click that comes late never ends the next one. */
function usePromote(rollout: RolloutView, stage: string, step: number) {
  const trpc = useTRPC()
  const askAgain = useAskAgain()
  const promoting = useMutation(
    trpc.rollout.promote.mutationOptions({
      onSuccess: () => {
        askAgain()
        toast.success(`Step ${step + 1} promoted`, {
          description: `${rollout.application} #${rollout.number}`,
        })
      },
      onError: (error) => void toast.error(faultOf(error).message),
    }),
  )
  return {
    promote: () => promoting.mutate({ rollout: rollout.id as RolloutId, stage, step }),
    isPromoting: promoting.isPending,
  }
}
