'use client'

import { lazy, Suspense, useState } from 'react'
import { usePaletteGroups } from './palette'

const CommandPalette = lazy(() => import('./command-palette'))

type PaletteHostProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** Loads the palette's code at its first opening, and keeps it after. */
export function PaletteHost({ open, onOpenChange }: PaletteHostProps) {
  const groups = usePaletteGroups()
  const [loaded, setLoaded] = useState(open)
  if (open && !loaded) setLoaded(true)
  if (!loaded) return null
  return (
    <Suspense fallback={null}>
      <CommandPalette open={open} onOpenChange={onOpenChange} groups={groups} />
    </Suspense>
  )
}
