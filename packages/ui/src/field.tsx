'use client'

import { CircleAlert } from 'lucide-react'
import { useId, useMemo, type ReactNode } from 'react'
import { cn } from './cn'
import { FieldContext, type FieldControl } from './field-context'

export type FieldProps = {
  label: ReactNode
  children: ReactNode
  hint?: ReactNode
  error?: ReactNode
  optional?: boolean | undefined
  className?: string | undefined
}

/** Label, control, hint and error, wired by ids; put an Input, Textarea, Select, Checkbox or Switch in it. */
export function Field({ label, children, hint, error, optional, className }: FieldProps) {
  const id = useId()
  const invalid = Boolean(error)
  const described = invalid || Boolean(hint)
  const control = useMemo<FieldControl>(
    () => ({
      id: `${id}control`,
      'aria-labelledby': `${id}label`,
      ...(described ? { 'aria-describedby': `${id}note` } : {}),
      ...(invalid ? { 'aria-invalid': true } : {}),
    }),
    [id, described, invalid],
  )
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <label id={`${id}label`} htmlFor={`${id}control`} className="text-sm font-medium text-fg">
        {label}
        {optional ? <span className="ml-1.5 font-normal text-faint">optional</span> : null}
      </label>
      <FieldContext value={control}>{children}</FieldContext>
      {error ? (
        <div id={`${id}note`} role="alert" className="flex items-start gap-1 text-xs text-fail">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          <span>{error}</span>
        </div>
      ) : hint ? (
        <p id={`${id}note`} className="text-xs text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
