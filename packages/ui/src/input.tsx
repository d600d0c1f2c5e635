'use client'

import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'
import { controlFrame } from './control'
import { useFieldControl } from './field-context'

export type InputProps = Omit<ComponentProps<'input'>, 'size' | 'defaultValue' | 'value'> & {
  value?: string | undefined
  defaultValue?: string | undefined
  icon?: ReactNode
  mono?: boolean | undefined
}

export function Input({ icon, mono, className, ...rest }: InputProps) {
  const control = useFieldControl()
  const input = (
    <input
      {...control}
      className={cn(controlFrame, 'h-8 px-2.5', icon && 'pl-8', mono && 'font-mono', !icon && className)}
      {...rest}
    />
  )
  if (!icon) return input
  return (
    <span
      className={cn(
        'relative block [&>svg]:pointer-events-none [&>svg]:absolute [&>svg]:top-2 [&>svg]:left-2.5 [&>svg]:size-4 [&>svg]:text-faint',
        className,
      )}
    >
      {icon}
      {input}
    </span>
  )
}
