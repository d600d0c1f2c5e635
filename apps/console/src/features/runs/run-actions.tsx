'use client'

import type { RunView } from '@fairlead/contracts/workflow'
import { runActions, runStates, type RunAction } from '@fairlead/contracts/workflow-states'
import { Button } from '@fairlead/ui/button'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { Ban, RotateCcw } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useHotkey } from '@/features/shell/hotkeys'

const CancelDialog = dynamic(() => import('./cancel-dialog').then((module) => module.CancelDialog))
const ClearDialog = dynamic(() => import('./clear-dialog').then((module) => module.ClearDialog))

/** Everything that can be done to a run; what can't be says why. */
export function RunActions({ run }: { run: RunView }) {
  const [asked, setAsked] = useState<RunAction | null>(null)
  const { actions } = run
  const live = !runStates[run.state].terminal
  useHotkey('c', () => setAsked('cancel'), { description: 'Cancel', enabled: live && actions.cancel.passed })
  useHotkey('x', () => setAsked('clear'), {
    description: 'Clear and re-run',
    enabled: actions.clear.passed,
  })
  const close = () => setAsked(null)
  return (
    <>
      <CopyAsMenu fairlead={commandOf(run)} api={apiCallOf(run)} />
      <Button
        icon={<RotateCcw aria-hidden />}
        onClick={() => setAsked('clear')}
        disabledReason={whyNot(run, 'clear')}
      >
        {runActions.clear.word}
      </Button>
      {live ? (
        <Button
          variant="danger-quiet"
          icon={<Ban aria-hidden />}
          onClick={() => setAsked('cancel')}
          disabledReason={whyNot(run, 'cancel')}
        >
          {runActions.cancel.word}
        </Button>
      ) : null}
      {asked === 'cancel' ? <CancelDialog run={run} onClose={close} /> : null}
      {asked === 'clear' ? <ClearDialog run={run} onClose={close} /> : null}
    </>
  )
}

/** Why an action is not possible, and who can change it; null when it is. */
export const whyNot = ({ actions }: RunView, action: RunAction): string | null =>
  actions[action].passed
    ? null
    : (actions[action].reason ?? `${runActions[action].word} is not possible now.`)

const commandOf = (run: RunView): string =>
  `fairlead run show ${run.id}${runStates[run.state].terminal ? '' : ' --watch'}`

const apiCallOf = (run: RunView): string =>
  `curl -H "Authorization: Bearer $FAIRLEAD_TOKEN" --json '{"json":{"run":"${run.id}"}}' "$FAIRLEAD_URL/api/trpc/run.get"`
