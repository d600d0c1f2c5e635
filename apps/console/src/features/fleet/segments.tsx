'use client'

import { cn } from '@fairlead/ui/cn'
import type { ReactNode } from 'react'

export type Segment = { value: string; label: string; count?: number | undefined; icon?: ReactNode }
type SegmentsProps = {
  label: string
  options: readonly Segment[]
  value: string
  onChange: (value: string) => void
  className?: string | undefined
}

/** One of a few, all in sight. */
export function Segments({ label, options, value, onChange, className }: SegmentsProps) {
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cn(
        'inline-flex h-8 max-w-full items-center overflow-x-auto rounded-md border border-line bg-surface p-0.5 [scrollbar-width:none]',
        className,
      )}
    >
      {options.map((option) => {
        const chosen = option.value === value
        return (
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={chosen}
            onClick={() => onChange(option.value)}
            className={cn(
              'inline-flex h-[26px] shrink-0 items-center gap-1.5 rounded-sm px-2 text-xs capitalize transition-colors [&_svg]:size-3.5',
              chosen ? 'bg-hover font-medium text-fg' : 'text-muted hover:text-fg',
            )}
          >
            {option.icon}
            {option.label}
            {option.count === undefined ? null : <span className="text-faint">{option.count}</span>}
          </button>
        )
      })}
    </div>
  )
}
