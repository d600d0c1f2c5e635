'use client'

import type { ComponentProps } from 'react'
import { cn } from './cn'
import { controlFrame } from './control'
import { useFieldControl } from './field-context'

export type TextareaProps = ComponentProps<'textarea'> & { mono?: boolean | undefined }

/** Inside a Field it takes the field's label, hint and error. */
export function Textarea({ mono, className, rows = 4, ...rest }: TextareaProps) {
  const control = useFieldControl()
  return (
    <textarea
      {...control}
      rows={rows}
      className={cn(controlFrame, 'resize-y px-2.5 py-1.5', mono && 'font-mono text-xs leading-5', className)}
      {...rest}
    />
  )
}
