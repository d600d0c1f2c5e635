'use client'

import { cn } from '@fairlead/ui/cn'
import { useState } from 'react'
import { valueText } from './value-text'

/** Beyond this a value is folded: one long list must not push what matters out of sight. */
const folded = 240

/** A value of any length: the first of it, and all of it on demand. */
export function LongValue({ value }: { value: unknown }) {
  const [all, setAll] = useState(false)
  const text = valueText(value)
  if (text.length <= folded) return <span className="break-all">{text}</span>
  return (
    <>
      <span
        className={cn('break-all', all && 'block max-h-64 overflow-y-auto')}
        {...(all ? { tabIndex: 0 } : {})}
      >
        {all ? text : `${text.slice(0, folded)}…`}
      </span>{' '}
      <button
        type="button"
        aria-expanded={all}
        onClick={() => setAll(!all)}
        className="rounded-sm font-sans text-xs text-accent-text hover:underline"
      >
        {all ? 'Fold' : `All ${text.length.toLocaleString('en')} characters`}
      </button>
    </>
  )
}
