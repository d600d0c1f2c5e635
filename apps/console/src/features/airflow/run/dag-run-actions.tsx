'use client'

import { airflowState, type DagRunDetail } from '@fairlead/contracts/airflow'
import { Button } from '@fairlead/ui/button'
import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { useMutation } from '@tanstack/react-query'
import { OctagonX, RotateCcw } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { useHotkey } from '@/features/shell/hotkeys'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import type { DagRunPlace } from '../addresses'
import { OwnPage } from '../airflow-mark'
import { useAirflowRights } from '../use-connection'
import { useAskAgain } from '../use-ask-again'

const ClearDialog = dynamic(() => import('./clear-dialog').then((module) => module.ClearDialog))

type DagRunActionsProps = { place: DagRunPlace; detail: DagRunDetail }

export function DagRunActions({ place, detail }: DagRunActionsProps) {
  const [asked, setAsked] = useState<'clear' | 'fail' | null>(null)
  const mayNot = useAirflowRights(place.connection).whyNot('run.operate')
  const ended = airflowState(detail.run.state).terminal
  useHotkey('x', () => setAsked('clear'), { description: 'Clear', enabled: mayNot === null })
  return (
    <>
      <CopyAsMenu fairlead={`fairlead airflow run ${place.connection} ${place.dag} '${place.run}'`} />
      <OwnPage link={detail.link} />
      <Button icon={<RotateCcw aria-hidden />} onClick={() => setAsked('clear')} disabledReason={mayNot}>
        Clear
      </Button>
      <Button
        variant="danger-quiet"
        icon={<OctagonX aria-hidden />}
        onClick={() => setAsked('fail')}
        disabledReason={mayNot ?? (ended ? 'It has ended; there is nothing to stop.' : null)}
      >
        Mark failed
      </Button>
      {asked === 'clear' ? (
        <ClearDialog place={place} detail={detail} onClose={() => setAsked(null)} />
      ) : null}
      <FailDialog place={place} open={asked === 'fail'} onClose={() => setAsked(null)} />
    </>
  )
}

function FailDialog({ place, open, onClose }: { place: DagRunPlace; open: boolean; onClose: () => void }) {
  const askAgain = useAskAgain()
  const fail = useMutation(
    useTRPC().airflow.markFailed.mutationOptions({
      onSuccess: () => {
        askAgain()
        onClose()
        toast.success('Marked failed', { description: place.run })
      },
    }),
  )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Mark ${place.run} failed`}
      description="Airflow knows no cancelling: a run that is marked failed has its running tasks ended, and no other one begins. What has ended keeps its outcome, and the run can be cleared later."
      confirmLabel="Mark failed"
      pending={fail.isPending}
      error={fail.error ? <FaultText error={fail.error} /> : null}
      onConfirm={() => fail.mutate({ ...place })}
    />
  )
}
