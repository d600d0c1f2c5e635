'use client'

import { Button } from '@fairlead/ui/button'
import { Checkbox } from '@fairlead/ui/checkbox'
import { cn } from '@fairlead/ui/cn'
import { Input } from '@fairlead/ui/input'
import { Popover } from '@fairlead/ui/popover'
import { ChevronDown, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'

export type FacetOption = { value: string; label: ReactNode; count: number }
type FacetFilterProps = {
  name: string
  options: readonly FacetOption[]
  chosen: ReadonlySet<string>
  onChoose: (values: Iterable<string>) => void
}

const shownAtOnce = 200
const searchFrom = 8

/** A filter chip: says what it lets through, opens a list with counts, and is cleared in place. */
export function FacetFilter({ name, options, chosen, onChoose }: FacetFilterProps) {
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = options.filter(({ value }) => value.toLowerCase().includes(wanted)).slice(0, shownAtOnce)
  const toggle = (value: string, on: boolean) =>
    onChoose(on ? [...chosen, value] : [...chosen].filter((each) => each !== value))
  const active = chosen.size > 0
  return (
    <span
      className={cn(
        'inline-flex max-w-full items-center rounded-md',
        active && 'bg-accent-soft text-accent-text',
      )}
    >
      <Popover
        className="w-64 p-2"
        trigger={
          <Button size="sm" variant="ghost" className={cn('max-w-64', active && 'text-accent-text')}>
            <span className="truncate">
              {name}
              {active ? `: ${[...chosen].join(', ')}` : ''}
            </span>
            <ChevronDown aria-hidden className={active ? '' : 'text-faint'} />
          </Button>
        }
      >
        {options.length >= searchFrom ? (
          <Input
            aria-label={`Search ${name.toLowerCase()}`}
            placeholder={`Search ${options.length}…`}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="mb-1.5"
          />
        ) : null}
        <ul className="max-h-72 overflow-y-auto">
          {found.map(({ value, label, count }) => (
            <li key={value} className="flex h-8 items-center gap-2 rounded-sm px-1.5 hover:bg-hover">
              <Checkbox
                checked={chosen.has(value)}
                onCheckedChange={(on) => toggle(value, on)}
                label={label}
                className="min-w-0 flex-1"
              />
              <span className="text-xs text-faint">{count.toLocaleString('en')}</span>
            </li>
          ))}
          {found.length === 0 ? (
            <li className="px-1.5 py-2 text-xs text-muted">Nothing of that name.</li>
          ) : null}
        </ul>
      </Popover>
      {active ? (
        <button
          type="button"
          aria-label={`Clear ${name.toLowerCase()}`}
          onClick={() => onChoose([])}
          className="mr-1 flex size-5 items-center justify-center rounded-sm hover:bg-hover [&_svg]:size-3.5"
        >
          <X aria-hidden />
        </button>
      ) : null}
    </span>
  )
}
