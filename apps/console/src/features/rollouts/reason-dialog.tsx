'use client'

import { sentences } from '@fairlead/contracts/sentences'
import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { Field } from '@fairlead/ui/field'
import { Textarea } from '@fairlead/ui/textarea'
import { useState, type ReactNode } from 'react'
import { faultOf } from '@/live/fault'

export type ReasonDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children?: ReactNode
  confirmLabel: string
  tone: 'danger' | 'primary'
  /** Must be typed first, where production is touched. */
  typedName?: string | undefined
  /** Shown in the empty field: what a good reason looks like. */
  example: string
  pending: boolean
  /** What the server answered last time. */
  error: unknown
  onConfirm: (reason: string) => void
}

const maxLength = 500

/** Asks why, and goes on only with an answer: the reason stands in the history and in the audit log. */
export function ReasonDialog({ example, error, onConfirm, children, ...rest }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const confirm = () => {
    const said = reason.trim()
    setMissing(said === '')
    if (said !== '') onConfirm(said)
  }
  return (
    <ConfirmDialog {...rest} onConfirm={confirm} error={error ? <FaultText error={error} /> : undefined}>
      {children}
      <Field
        label="Reason"
        hint="Stands in the history and in the audit log."
        error={missing ? 'Say why: a reason is required.' : undefined}
      >
        <Textarea
          rows={3}
          maxLength={maxLength}
          autoFocus
          placeholder={example}
          value={reason}
          onChange={(event) => {
            setReason(event.target.value)
            setMissing(false)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }}
        />
      </Field>
    </ConfirmDialog>
  )
}

/** Message, expectation and remedy of a failed call, in one paragraph. */
export function FaultText({ error }: { error: unknown }) {
  const { message, detail } = faultOf(error)
  return <>{sentences(message, detail.expected && `Expected ${detail.expected}.`, detail.remedy)}</>
}
