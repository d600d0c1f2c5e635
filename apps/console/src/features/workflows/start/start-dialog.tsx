'use client'

import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { runHref } from '@/features/runs/addresses'
import { useAskAgain } from '@/features/runs/use-ask-again'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { ParameterDialog } from './parameter-dialog'
import { fieldsOf } from './parameter-fields'
import { readFields } from './parameter-values'

type StartDialogProps = { workflow: WorkflowDetail; onClose: () => void }

/** Starts a run by hand: the parameters as a form, and the time that the run is for. */
export function StartDialog({ workflow, onClose }: StartDialogProps) {
  const { name, project, parameters, paused, version } = workflow
  const fields = useMemo(() => fieldsOf(parameters), [parameters])
  const [at, setAt] = useState('')
  const { send, ...sending } = useStart(onClose)
  const start = (value: Record<string, unknown>) =>
    send({
      project,
      workflow: name,
      parameters: value,
      ...(at === '' ? {} : { at: new Date(at).toISOString() }),
    })
  return (
    <ParameterDialog
      words={{
        title: `Run ${name}`,
        description: `Version ${version}, in project ${project}. It starts at once${paused ? '; the pause stops the schedule alone' : ''}.`,
        none: 'This workflow takes no parameters.',
        verb: 'Run',
        failed: 'The run was not started',
      }}
      fields={fields}
      read={readFields}
      more={
        <Field
          label="For the time"
          optional
          hint="The run’s nominal time, in your time zone. Left empty: now."
        >
          <Input type="datetime-local" mono value={at} onChange={(event) => setAt(event.target.value)} />
        </Field>
      }
      sending={{ ...sending, send: start }}
      onClose={onClose}
    />
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
  const { isPending, error, reset } = mutation
  type Input = Omit<Parameters<typeof mutation.mutate>[0], 'key'>
  return { isPending, error, reset, send: (input: Input) => mutation.mutate({ ...input, key }) }
}
