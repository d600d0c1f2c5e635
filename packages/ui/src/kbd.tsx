'use client'

import { useSyncExternalStore } from 'react'
import { cn } from './cn'

/** Keys as they are pressed: `mod+k` (⌘ on a Mac, Ctrl elsewhere), `g f` for a sequence. */
export function Kbd({ keys, className }: { keys: string; className?: string | undefined }) {
  const mod = useSyncExternalStore(neverChanges, modKey, () => 'Ctrl')
  return (
    <kbd className={cn('inline-flex items-center gap-1 font-sans', className)}>
      {keys.split(' ').map((chord, index) => (
        <span
          key={`${chord}${index}`}
          className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border border-line-strong bg-sunken px-1 text-2xs text-muted"
        >
          {chord
            .split('+')
            .map(
              (key) => (key === 'mod' ? mod : keyGlyph[key]) ?? (key.length === 1 ? key.toUpperCase() : key),
            )
            .join(' ')}
        </span>
      ))}
    </kbd>
  )
}

const neverChanges = () => () => undefined
const modKey = () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl')

const keyGlyph: Record<string, string> = {
  shift: '⇧',
  alt: '⌥',
  enter: '↵',
  escape: 'Esc',
  up: '↑',
  down: '↓',
}
