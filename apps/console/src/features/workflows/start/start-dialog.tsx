'use client'

import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { useMutation } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useMemo, useState, type FormEvent } from 'react'
import { FaultCard } from '@/features/deploy/fault-card'
import { runHref } from '@/features/runs/addresses'
import { useAskAgain } from '@/features/runs/use-ask-again'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { ParameterControl } from './parameter-control'
import { fieldsOf } from './parameter-fields'
import { readFields, refusedField } from './parameter-values'

type StartDialogProps = { workflow: WorkflowDetail; onClose: () => void }

/** Starts a run by hand: the parameters as a form, and the time that the run is for. */
export function StartDialog({ workflow, onClose }: StartDialogProps) {
  const { name, project, parameters, paused, version } = workflow
  const fields = useMemo(() => fieldsOf(parameters), [parameters])
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const [at, setAt] = useState('')
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({})
  const { start, fault } = useStart(onClose)
  const refused = fault ? refusedField(fault.detail.path, fields) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { value, errors } = readFields(fields, texts)
    setWrong(errors)
    if (Object.keys(errors).length > 0 || start.isPending) return
    start.send({
      project,
      workflow: name,
      parameters: value,
      ...(at === '' ? {} : { at: new Date(at).toISOString() }),
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Run ${name}`}
      description={`Version ${version}, in project ${project}. It starts at once${paused ? '; the pause stops the schedule alone' : ''}.`}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {fields.map((field) => (
          <ParameterControl
            key={field.name}
            field={field}
            text={texts[field.name] ?? field.initial}
            onText={(text) => {
              setTexts({ ...texts, [field.name]: text })
              start.reset()
            }}
            error={wrong[field.name] ?? (refused === field.name ? fault?.message : undefined)}
          />
        ))}
        {fields.length === 0 ? (
          <p className="text-sm text-muted">This workflow takes no parameters.</p>
        ) : null}
        <Field
          label="For the time"
          optional
          hint="The run’s nominal time, in your time zone. Left empty: now."
        >
          <Input type="datetime-local" mono value={at} onChange={(event) => setAt(event.target.value)} />
        </Field>
        {fault && refused === null ? <FaultCard title="The run was not started" error={start.error} /> : null}
        <div className="sticky -bottom-3 -mx-4 -mb-3 flex justify-end gap-2 border-t border-line bg-raised px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" icon={<Play aria-hidden />} loading={start.isPending}>
            Run
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Pressed twice, or sent again after a lost answer, it starts one run: the key is the dialog's own. */
function useStart(onClose: () => void) {
  const trpc = useTRPC()
  const router = useRouter()
  const askAgain = useAskAgain()
  const [key] = useState(() => crypto.randomUUID())
  const mutation = useMutation(
    trpc.workflow.start.mutationOptions({
      onSuccess: ({ run, number }, { workflow }) => {
        askAgain()
        onClose()
        toast.success('Run requested', { description: `${workflow} #${number}` })
        router.push(runHref(run))
      },
    }),
  )
  type Input = Omit<Parameters<typeof mutation.mutate>[0], 'key'>
  return {
    start: {
      isPending: mutation.isPending,
      error: mutation.error,
      reset: () => (mutation.error ? mutation.reset() : undefined),
      send: (input: Input) => mutation.mutate({ ...input, key }),
    },
    fault: mutation.error ? faultOf(mutation.error) : null,
  }
}
