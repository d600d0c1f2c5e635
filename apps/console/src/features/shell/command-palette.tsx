'use client'

import { Kbd } from '@fairlead/ui/kbd'
import { PaletteFrame } from '@fairlead/ui/palette-frame'
import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { PaletteSearch } from '@/features/palette/palette-search'
import type { PaletteGroup, PaletteItem } from './palette'
import { PaletteChoice, PaletteResults } from './palette-results'

type CommandPaletteProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  groups: readonly PaletteGroup[]
}

/** ⌘K. Loaded when it is first opened. */
export default function CommandPalette({ open, onOpenChange, groups }: CommandPaletteProps) {
  const router = useRouter()
  const choose = (item: PaletteItem) => {
    onOpenChange(false)
    if (item.href) router.push(item.href)
    else item.onSelect?.()
  }
  const [text, setText] = useState('')
  const [wasOpen, setWasOpen] = useState(open)
  if (wasOpen !== open) {
    setWasOpen(open)
    setText('')
  }
  return (
    <PaletteFrame label="Command palette" open={open} onOpenChange={onOpenChange}>
      <Command label="Command palette" loop className="flex max-h-[70vh] flex-col">
        <div className="flex items-center gap-2.5 border-b border-line px-3.5">
          <Search aria-hidden className="size-4 shrink-0 text-faint" />
          <Command.Input
            autoFocus
            value={text}
            onValueChange={setText}
            placeholder="Go to a cluster, a workload, an action…"
            className="h-11 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
          />
          <Kbd keys="escape" />
        </div>
        <Command.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5">
          <Command.Empty className="px-3 py-8 text-center text-sm text-muted">
            Nothing of that name. kubectl’s short names work too: po, deploy, svc, sts.
          </Command.Empty>
          <PaletteChoice value={{ text, choose }}>
            {groups.map((group) => (
              <PaletteResults key={group.heading} {...group} />
            ))}
            <PaletteSearch text={text} />
          </PaletteChoice>
        </Command.List>
        <div className="flex items-center gap-4 border-t border-line px-3.5 py-2 text-xs text-muted max-sm:hidden">
          <span className="inline-flex items-center gap-1.5">
            <Kbd keys="up down" /> choose
          </span>
          <span className="inline-flex items-center gap-1.5">
            <Kbd keys="enter" /> open
          </span>
          <span className="ml-auto inline-flex items-center gap-1.5">
            <Kbd keys="?" /> all shortcuts
          </span>
        </div>
      </Command>
    </PaletteFrame>
  )
}
