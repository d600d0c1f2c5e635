'use client'

import { Search } from 'lucide-react'
import { Input, type InputProps } from './input'
import { Kbd } from './kbd'
import { cn } from './cn'

export type FilterInputProps = Omit<InputProps, 'icon'> & { label: string }

/** The page's filter; `/` focuses it (the shell looks for data-filter-input). */
export function FilterInput({ label, className, ...rest }: FilterInputProps) {
  return (
    <span className={cn('group relative block w-full sm:w-64', className)}>
      <Input
        type="search"
        data-filter-input=""
        aria-label={label}
        placeholder={label}
        icon={<Search aria-hidden />}
        autoComplete="off"
        spellCheck={false}
        {...rest}
      />
      {rest.value ? null : (
        <Kbd
          keys="/"
          className="pointer-events-none absolute inset-y-0 right-2 group-focus-within:hidden max-sm:hidden"
        />
      )}
    </span>
  )
}
