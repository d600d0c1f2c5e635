'use client'

import { useState, type FormEvent, type ReactNode } from 'react'
import { Button } from './button'
import { Dialog, type DialogProps } from './dialog'
import { Field } from './field'
import { Input } from './input'

export type ConfirmDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** What will happen, and what can't be undone. */
  description?: ReactNode
  children?: ReactNode
  confirmLabel: string
  tone?: 'danger' | 'primary' | undefined
  /** The name that must be typed first: the cluster's or object's own, wherever production is touched. */
  typedName?: string | undefined
  pending?: boolean | undefined
  error?: ReactNode
  size?: DialogProps['size']
  onConfirm: () => void
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, description, children, confirmLabel, typedName, pending, error } = props
  const [typed, setTyped] = useState('')
  const matches = typedName === undefined || typed.trim() === typedName
  const change = (next: boolean) => {
    if (!next) setTyped('')
    onOpenChange(next)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (matches && !pending) props.onConfirm()
  }
  return (
    <Dialog open={open} onOpenChange={change} title={title} description={description} size={props.size}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {children}
        {typedName === undefined ? null : (
          <Field
            label={
              <>
                Type <span className="font-mono text-accent-text">{typedName}</span> to go on
              </>
            }
          >
            <Input
              mono
              autoFocus
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
        )}
        {error ? (
          <p role="alert" className="rounded-md bg-fail-soft px-3 py-2 text-sm text-fail">
            {error}
          </p>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button
            type="submit"
            variant={props.tone === 'primary' ? 'primary' : 'danger'}
            loading={pending}
            disabledReason={matches ? null : `Type ${typedName} above first.`}
          >
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
