'use client'

import { ChevronsUpDown } from 'lucide-react'
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react'
import { cn } from './cn'
import { controlFrame } from './control'
import { useFieldControl } from './field-context'
import { LazyTrigger, useArmed } from './lazy-trigger'

export type SelectOption<Value extends string> = {
  value: Value
  label: string
  hint?: string | undefined
  icon?: ReactNode
}

export type SelectProps<Value extends string> = {
  options: readonly SelectOption<Value>[]
  value: Value | null
  onValueChange: (value: Value) => void
  /** Read aloud when no Field labels it. */
  label?: string | undefined
  placeholder?: string | undefined
  name?: string | undefined
  disabled?: boolean | undefined
  className?: string | undefined
}

export const selectLook = cn(controlFrame, 'flex h-8 items-center gap-2 px-2.5 text-left [&_svg]:size-4')

const load = () => import('./select-popup')
const SelectPopup = lazy(load)

export function Select<Value extends string>(props: SelectProps<Value>) {
  const [armed, arm] = useArmed()
  const { options, value, label, placeholder = 'Choose…', name, disabled, className } = props
  const control = useFieldControl()
  const chosen = options.find((option) => option.value === value)
  const face = (
    <button
      {...control}
      type="button"
      role="combobox"
      aria-label={label}
      disabled={disabled}
      className={cn(selectLook, className)}
    >
      {chosen?.icon}
      <span className={cn('min-w-0 flex-1 truncate', !chosen && 'text-faint')}>
        {chosen?.label ?? placeholder}
      </span>
      <ChevronsUpDown aria-hidden className="shrink-0 text-faint" />
    </button>
  )
  const trigger = (
    <>
      <LazyTrigger trigger={face} popup="listbox" preload={load} onOpen={arm} />
      {name ? <input type="hidden" name={name} value={value ?? ''} /> : null}
    </>
  )
  // A lazy component forgets its type parameter.
  const Popup = SelectPopup as unknown as ComponentType<SelectProps<Value>>
  return armed ? (
    <Suspense fallback={trigger}>
      <Popup {...props} />
    </Suspense>
  ) : (
    trigger
  )
}
