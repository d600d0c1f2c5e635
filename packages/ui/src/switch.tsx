'use client'

import type { ReactNode } from 'react'
import { cn } from './cn'
import { useFieldControl } from './field-context'

export type SwitchProps = {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  label?: ReactNode
  ariaLabel?: string | undefined
  name?: string | undefined
  disabled?: boolean | undefined
  className?: string | undefined
}

export function Switch({
  checked,
  onCheckedChange,
  label,
  ariaLabel,
  name,
  disabled,
  className,
}: SwitchProps) {
  const field = useFieldControl()
  const control = (
    <button
      {...(label ? {} : field)}
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={ariaLabel}
      disabled={disabled}
      onClick={() => onCheckedChange(!checked)}
      className={cn(
        'inline-flex h-[18px] w-8 shrink-0 items-center rounded-full border border-transparent p-px transition-colors disabled:opacity-50',
        checked ? 'bg-accent' : 'bg-unknown-solid',
      )}
    >
      <span
        className={cn('size-3.5 rounded-full bg-white transition-transform', checked && 'translate-x-3.5')}
      />
      {name && checked ? <input type="hidden" name={name} value="on" /> : null}
    </button>
  )
  if (!label) return control
  return (
    <label className={cn('flex items-center gap-2 text-sm', className)}>
      {control}
      <span>{label}</span>
    </label>
  )
}
