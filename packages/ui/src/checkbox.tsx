'use client'

import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn'
import { useFieldControl } from './field-context'

export type CheckboxProps = {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  /** The visible label; give `ariaLabel` instead in a table cell. */
  label?: ReactNode
  hint?: ReactNode
  ariaLabel?: string | undefined
  indeterminate?: boolean | undefined
  name?: string | undefined
  disabled?: boolean | undefined
  className?: string | undefined
}

export function Checkbox(props: CheckboxProps) {
  const { checked, onCheckedChange, label, hint, ariaLabel, indeterminate, name, disabled, className } = props
  const control = useFieldControl()
  const look = checked || indeterminate ? 'border-accent bg-accent' : 'border-faint bg-surface dark:bg-sunken'
  const Mark = indeterminate ? Minus : Check
  const box = (
    <button
      {...(label ? {} : control)}
      type="button"
      role="checkbox"
      aria-checked={indeterminate ? 'mixed' : checked}
      aria-label={ariaLabel}
      disabled={disabled}
      onClick={() => onCheckedChange(!checked)}
      className={cn(
        'inline-flex size-4 shrink-0 items-center justify-center rounded-sm border text-on-accent transition-colors disabled:opacity-50',
        look,
      )}
    >
      {checked || indeterminate ? <Mark aria-hidden strokeWidth={3} className="size-3" /> : null}
      {name && checked ? <input type="hidden" name={name} value="on" /> : null}
    </button>
  )
  if (!label) return box
  return (
    <label className={cn('flex items-start gap-2 text-sm', className)}>
      <span className="flex h-5 items-center">{box}</span>
      <span>
        {label}
        {hint ? <span className="block text-xs text-muted">{hint}</span> : null}
      </span>
    </label>
  )
}
