'use client'

import type { HumanTaskList, HumanTaskView } from '@fairlead/contracts/airflow-human'
import { Button } from '@fairlead/ui/button'
import { Checkbox } from '@fairlead/ui/checkbox'
import { Field } from '@fairlead/ui/field'
import { Textarea } from '@fairlead/ui/textarea'
import { useMutation } from '@tanstack/react-query'
import { LockKeyhole } from 'lucide-react'
import { useMemo, useState } from 'react'
import { dagFields, readDagFields } from '@/features/airflow/dag-fields'
import { instanceName } from '@/features/airflow/run/instance-name'
import { useAskAgain } from '@/features/airflow/use-ask-again'
import { FaultCard } from '@/features/deploy/fault-card'
import { toast } from '@/features/shell/toast'
import { ParameterControl } from '@/features/workflows/start/parameter-control'
import { refusedField } from '@/features/workflows/start/parameter-values'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'

type AnswerFormProps = { connection: string; task: HumanTaskView; mine: HumanTaskList['mine'] }

/** Parameters first, for the buttons send them along: one for each option, or one for all that are ticked. */
export function AnswerForm({ connection, task, mine }: AnswerFormProps) {
  const { options, multiple, params, defaults } = task
  const fields = useMemo(() => dagFields(params), [params])
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({})
  const [reason, setReason] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>(defaults)
  const answer = useAnswer(connection, task)
  const fault = answer.error ? faultOf(answer.error) : null
  const refused = fault ? refusedField(fault.detail.path, fields) : null
  const mayNot = mine.passed ? null : (mine.reason ?? 'You may not answer this.')
  const send = (picked: readonly string[]) => {
    const { value, errors } = readDagFields(fields, texts)
    setWrong(errors)
    if (Object.keys(errors).length === 0) answer.send(picked, value, reason)
  }
  return (
    <div className="flex max-w-xl flex-col gap-4">
      {fields.map((field) => (
        <ParameterControl
          key={field.name}
          field={field}
          text={texts[field.name] ?? field.initial}
          onText={(text) => {
            setTexts({ ...texts, [field.name]: text })
            answer.reset()
          }}
          error={wrong[field.name] ?? (refused === field.name ? fault?.message : undefined)}
        />
      ))}
      {multiple ? <Choices options={options} chosen={chosen} onChosen={setChosen} /> : null}
      <Field label="Reason" optional hint="Stands in the audit log of Fairlead; Airflow is not told.">
        <Textarea
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      {fault && refused === null ? <FaultCard title="The answer was not taken" error={answer.error} /> : null}
      <div className="flex flex-wrap items-center gap-2">
        {multiple ? (
          <Button
            variant="primary"
            loading={answer.isPending}
            onClick={() => send(chosen)}
            disabledReason={mayNot ?? (chosen.length === 0 ? 'Choose at least one.' : null)}
          >
            Answer
          </Button>
        ) : (
          options.map((option, place) => (
            <Button
              key={option}
              variant={place === 0 ? 'primary' : 'secondary'}
              loading={answer.isPending && answer.picked === option}
              onClick={() => send([option])}
              disabledReason={mayNot}
            >
              {option}
            </Button>
          ))
        )}
      </div>
      {mayNot === null ? (
        <p className="text-xs text-muted">Airflow takes the first answer, and no other after it.</p>
      ) : (
        <p className="flex items-start gap-1.5 text-xs text-muted">
          <LockKeyhole aria-hidden className="mt-px size-3.5 shrink-0 text-faint" />
          {mayNot}
        </p>
      )}
    </div>
  )
}

type ChoicesProps = {
  options: readonly string[]
  chosen: readonly string[]
  onChosen: (chosen: readonly string[]) => void
}

const Choices = ({ options, chosen, onChosen }: ChoicesProps) => (
  <fieldset className="flex flex-col gap-1.5">
    <legend className="pb-1.5 text-sm font-medium">Options</legend>
    {options.map((option) => (
      <Checkbox
        key={option}
        label={option}
        checked={chosen.includes(option)}
        onCheckedChange={(checked) =>
          // In the order in which they were offered.
          onChosen(options.filter((each) => (each === option ? checked : chosen.includes(each))))
        }
      />
    ))}
  </fieldset>
)

function useAnswer(connection: string, task: HumanTaskView) {
  const askAgain = useAskAgain()
  const mutation = useMutation(
    useTRPC().airflow.answer.mutationOptions({
      onSuccess: (_, { options }) => {
        toast.success('Answered', {
          description: `${instanceName(task)} of ${task.dag}: ${options.join(', ')}`,
        })
        askAgain()
      },
      onError: (error) => {
        const { code, message, detail } = faultOf(error)
        if (code !== 'conflict' && code !== 'stale') return
        // Answered or cleared meanwhile: this form goes with what it was for, so the reason is told elsewhere.
        toast.error(message, { description: detail.remedy })
        askAgain()
      },
    }),
  )
  type Params = Parameters<typeof mutation.mutate>[0]['params']
  const { dag, run, mapIndex, askedAt } = task
  return {
    isPending: mutation.isPending,
    error: mutation.error,
    picked: mutation.variables?.options[0],
    reset: () => (mutation.error ? mutation.reset() : undefined),
    send: (options: readonly string[], params: Record<string, unknown>, reason: string) =>
      mutation.isPending
        ? undefined
        : mutation.mutate({
            connection,
            dag,
            run,
            task: task.task,
            mapIndex,
            askedAt,
            options: [...options],
            params: params as NonNullable<Params>,
            reason,
          }),
  }
}
