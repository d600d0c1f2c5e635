'use client'

import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { Play } from 'lucide-react'
import { useState, type FormEvent, type ReactNode } from 'react'
import { FaultCard } from '@/features/deploy/fault-card'
import { faultOf } from '@/live/fault'
import { ParameterControl } from './parameter-control'
import type { ParameterField } from './parameter-fields'
import { refusedField } from './parameter-values'

type Texts = Readonly<Record<string, string>>
type Read = (
  fields: readonly ParameterField[],
  texts: Texts,
) => { readonly value: Record<string, unknown>; readonly errors: Record<string, string> }

type ParameterDialogProps = {
  words: {
    title: string
    description: string
    /** Where there are no fields. */
    none: string
    verb: string
    failed: string
  }
  fields: readonly ParameterField[]
  read: Read
  /** Further fields. */
  more?: ReactNode
  sending: {
    isPending: boolean
    error: unknown
    reset: () => void
    send: (value: Record<string, unknown>) => void
  }
  onClose: () => void
}

/** Starts something by a form of its own parameters: a workflow of ours, or a DAG of Airflow's. */
export function ParameterDialog({ words, fields, read, more, sending, onClose }: ParameterDialogProps) {
  const [texts, setTexts] = useState<Texts>({})
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({})
  const fault = sending.error ? faultOf(sending.error) : null
  const refused = fault ? refusedField(fault.detail.path, fields) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { value, errors } = read(fields, texts)
    setWrong(errors)
    if (Object.keys(errors).length === 0 && !sending.isPending) sending.send(value)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={words.title}
      description={words.description}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {fields.map((field) => (
          <ParameterControl
            key={field.name}
            field={field}
            text={texts[field.name] ?? field.initial}
            onText={(text) => {
              setTexts({ ...texts, [field.name]: text })
              if (sending.error) sending.reset()
            }}
            error={wrong[field.name] ?? (refused === field.name ? fault?.message : undefined)}
          />
        ))}
        {fields.length === 0 ? <p className="text-sm text-muted">{words.none}</p> : null}
        {more}
        {fault && refused === null ? <FaultCard title={words.failed} error={sending.error} /> : null}
        <div className="sticky -bottom-3 -mx-4 -mb-3 flex justify-end gap-2 border-t border-line bg-raised px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" icon={<Play aria-hidden />} loading={sending.isPending}>
            {words.verb}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
