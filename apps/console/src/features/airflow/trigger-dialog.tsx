'use client'

import type { DagDetail } from '@fairlead/contracts/airflow'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { toast } from '@/features/shell/toast'
import { ParameterDialog } from '@/features/workflows/start/parameter-dialog'
import { useTRPC } from '@/live/trpc'
import { dagRunHref, type DagPlace } from './addresses'
import { dagFields, readDagFields } from './dag-fields'
import { useAskAgain } from './use-ask-again'

type TriggerDialogProps = { place: DagPlace; detail: DagDetail; onClose: () => void }

/** Starts a DAG run with the parameters that its author declared; Airflow itself has the last word on them. */
export function TriggerDialog({ place, detail: { params, dag }, onClose }: TriggerDialogProps) {
  // Asked again while it stands open: the form is of the moment at which it was opened.
  const [opened] = useState(params)
  const fields = useMemo(() => dagFields(opened), [opened])
  return (
    <ParameterDialog
      words={{
        title: `Trigger ${dag.title}`,
        description: dag.paused
          ? `In the Airflow ${place.connection}. The DAG is paused: the run is queued, and begins when the DAG is unpaused.`
          : `In the Airflow ${place.connection}. It begins at once; its note and the audit log say that you asked for it.`,
        none: 'This DAG takes no parameters.',
        verb: 'Trigger',
        failed: 'The DAG was not triggered',
      }}
      fields={fields}
      read={readDagFields}
      sending={useTrigger(place, onClose)}
      onClose={onClose}
    />
  )
}

/** Pressed twice, or sent again after a lost answer, it makes one run: the key is the dialog's own. */
function useTrigger(place: DagPlace, onClose: () => void) {
  const router = useRouter()
  const askAgain = useAskAgain()
  const [key] = useState(() => crypto.randomUUID())
  const mutation = useMutation(
    useTRPC().airflow.trigger.mutationOptions({
      onSuccess: ({ run }) => {
        askAgain()
        onClose()
        toast.success('Triggered', { description: `${place.dag}, ${run}` })
        router.push(dagRunHref({ ...place, run }))
      },
    }),
  )
  const { isPending, error, reset } = mutation
  type Conf = NonNullable<Parameters<typeof mutation.mutate>[0]['conf']>
  const send = (value: Record<string, unknown>) => mutation.mutate({ ...place, key, conf: value as Conf })
  return { isPending, error, reset, send }
}
