'use client'

import { Kbd } from '@fairlead/ui/kbd'
import { Command } from 'cmdk'
import { createContext, useContext } from 'react'
import type { PaletteItem } from './palette'

type Choice = { text: string; choose: (item: PaletteItem) => void }

export const PaletteChoice = createContext<Choice>({ text: '', choose: () => undefined })

type PaletteResultsProps = {
  heading: string
  items: readonly PaletteItem[]
  /** These answer what was typed already: the palette must not filter them by it again. */
  answered?: boolean | undefined
}

export function PaletteResults({ heading, items, answered }: PaletteResultsProps) {
  const { text, choose } = useContext(PaletteChoice)
  if (items.length === 0) return null
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint"
    >
      {items.map((item) => (
        <Command.Item
          key={item.id}
          value={`${item.label} ${item.id}`}
          keywords={answered ? [text, ...(item.keywords ?? [])] : [...(item.keywords ?? [])]}
          onSelect={() => choose(item)}
          className="flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2 text-sm select-none data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint"
        >
          {item.icon}
          <span className="min-w-0 flex-1 truncate">{item.label}</span>
          {item.hint ? <span className="max-w-[60%] truncate text-xs text-muted">{item.hint}</span> : null}
          {item.shortcut ? <Kbd keys={item.shortcut} /> : null}
        </Command.Item>
      ))}
    </Command.Group>
  )
}
