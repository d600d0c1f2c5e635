'use client'

import type { DagDetail } from '@fairlead/contracts/airflow'
import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { useMutation } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useMemo, useState, type FormEvent } from 'react'
import { FaultCard } from '@/features/deploy/fault-card'
import { toast } from '@/features/shell/toast'
import { ParameterControl } from '@/features/workflows/start/parameter-control'
import { refusedField } from '@/features/workflows/start/parameter-values'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { dagRunHref, type DagPlace } from './addresses'
import { dagFields, readDagFields } from './dag-fields'
import { useAskAgain } from './use-ask-again'

type TriggerDialogProps = { place: DagPlace; detail: DagDetail; onClose: () => void }
type Conf = NonNullable<Parameters<ReturnType<typeof useTrigger>['send']>[0]>

/** Starts a DAG run with the parameters that its author declared; Airflow itself has the last word on them. */
export function TriggerDialog({ place, detail, onClose }: TriggerDialogProps) {
  const { params, dag } = detail
  // Asked again while it stands open: the form is of the moment at which it was opened.
  const [opened] = useState(params)
  const fields = useMemo(() => dagFields(opened), [opened])
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({})
  const trigger = useTrigger(place, onClose)
  const { fault } = trigger
  const refused = fault ? refusedField(fault.detail.path, fields) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { value, errors } = readDagFields(fields, texts)
    setWrong(errors)
    if (Object.keys(errors).length === 0 && !trigger.isPending) trigger.send(value as Conf)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Trigger ${dag.title}`}
      description={
        dag.paused
          ? `In the Airflow ${place.connection}. The DAG is paused: the run is queued, and begins when the DAG is unpaused.`
          : `In the Airflow ${place.connection}. It begins at once; its note and the audit log say that you asked for it.`
      }
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {fields.map((field) => (
          <ParameterControl
            key={field.name}
            field={field}
            text={texts[field.name] ?? field.initial}
            onText={(text) => {
              setTexts({ ...texts, [field.name]: text })
              trigger.reset()
            }}
            error={wrong[field.name] ?? (refused === field.name ? fault?.message : undefined)}
          />
        ))}
        {fields.length === 0 ? <p className="text-sm text-muted">This DAG takes no parameters.</p> : null}
        {fault && refused === null ? (
          <FaultCard title="The DAG was not triggered" error={trigger.error} />
        ) : null}
        <div className="sticky -bottom-3 -mx-4 -mb-3 flex justify-end gap-2 border-t border-line bg-raised px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" icon={<Play aria-hidden />} loading={trigger.isPending}>
            Trigger
          </Button>
        </div>
      </form>
    </Dialog>
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
  type Sent = Parameters<typeof mutation.mutate>[0]['conf']
  return {
    isPending: mutation.isPending,
    error: mutation.error,
    fault: mutation.error ? faultOf(mutation.error) : null,
    reset: () => (mutation.error ? mutation.reset() : undefined),
    send: (conf: Sent) => mutation.mutate({ ...place, key, conf }),
  }
}
