'use client'

import type { DagDetail } from '@fairlead/contracts/airflow'
import { Button } from '@fairlead/ui/button'
import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { useMutation } from '@tanstack/react-query'
import { CirclePlay, Pause, Play } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useHotkey } from '@/features/shell/hotkeys'
import { usePaletteItems } from '@/features/shell/palette'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { dagHref, type DagPlace } from './addresses'
import { OwnPage } from './airflow-mark'
import { useAirflowRights } from './use-connection'
import { useAskAgain } from './use-ask-again'

const TriggerDialog = dynamic(() => import('./trigger-dialog').then((module) => module.TriggerDialog), {
  ssr: false,
})

type DagActionsProps = { place: DagPlace; detail: DagDetail }

/** Everything that can be done to a DAG; what can't be says why. The open dialog is in the address. */
export function DagActions({ place, detail }: DagActionsProps) {
  const { paused } = detail.dag
  const [params, setParams] = useUrlParams()
  const { whyNot } = useAirflowRights(place.connection)
  const [mayNotRun, mayNotOperate] = [whyNot('workflow.run'), whyNot('run.operate')]
  const asked = params.get('do')
  const ask = (what: 'trigger' | 'pause' | null) =>
    setParams({ do: what }, what === null ? 'replace' : 'push')
  const set = useSetPaused(place, () => ask(null))
  const toggle = () => (paused ? set.mutate({ ...place, paused: false }) : ask('pause'))
  useHotkey('r', () => ask('trigger'), { description: 'Trigger', enabled: mayNotRun === null })
  useHotkey('p', toggle, { description: 'Pause or unpause', enabled: mayNotOperate === null })
  useTriggerInPalette(place, mayNotRun === null)
  return (
    <>
      <CopyAsMenu fairlead={`fairlead airflow trigger ${place.connection} ${place.dag}`} />
      <OwnPage link={detail.link} />
      <Button
        icon={paused ? <CirclePlay aria-hidden /> : <Pause aria-hidden />}
        loading={set.isPending}
        onClick={toggle}
        disabledReason={mayNotOperate}
      >
        {paused ? 'Unpause' : 'Pause'}
      </Button>
      <Button
        variant="primary"
        icon={<Play aria-hidden />}
        onClick={() => ask('trigger')}
        disabledReason={mayNotRun}
      >
        Trigger
      </Button>
      {asked === 'trigger' && mayNotRun === null ? (
        <TriggerDialog place={place} detail={detail} onClose={() => ask(null)} />
      ) : null}
      <ConfirmDialog
        open={asked === 'pause' && !paused && mayNotOperate === null}
        onOpenChange={(open) => (open ? undefined : ask(null))}
        title={`Pause ${place.dag}`}
        description="Airflow starts no run of it, by its schedule or by hand, until somebody unpauses it. Runs that are on their way go on."
        confirmLabel="Pause"
        tone="primary"
        pending={set.isPending}
        error={set.error ? <FaultText error={set.error} /> : null}
        onConfirm={() => set.mutate({ ...place, paused: true })}
      />
    </>
  )
}

function useSetPaused({ dag }: DagPlace, onDone: () => void) {
  const askAgain = useAskAgain()
  return useMutation(
    useTRPC().airflow.setPaused.mutationOptions({
      onSuccess: (_, { paused }) => {
        askAgain()
        onDone()
        toast.success(paused ? 'Paused' : 'Unpaused', { description: dag })
      },
      onError: (error, { paused }) => (paused ? undefined : void toast.error(faultOf(error).message)),
    }),
  )
}

function useTriggerInPalette({ connection, dag }: DagPlace, may: boolean): void {
  const items = useMemo(
    () =>
      may
        ? [
            {
              id: `trigger:${connection}/${dag}`,
              label: `Trigger ${dag}`,
              hint: `Airflow · ${connection}`,
              icon: <Play aria-hidden />,
              href: `${dagHref({ connection, dag })}?do=trigger`,
            },
          ]
        : [],
    [may, connection, dag],
  )
  usePaletteItems('Actions', items)
}
