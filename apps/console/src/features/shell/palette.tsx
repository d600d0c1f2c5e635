'use client'

import { createContext, useContext, useEffect, useId, useMemo, useState, type ReactNode } from 'react'

export type PaletteItem = {
  id: string
  label: string
  hint?: string | undefined
  icon?: ReactNode
  keywords?: readonly string[] | undefined
  shortcut?: string | undefined
  /** Where it leads, or … */
  href?: string | undefined
  /** … what it does. */
  onSelect?: (() => void) | undefined
}
export type PaletteGroup = { heading: string; items: readonly PaletteItem[] }

type Registry = { set: (id: string, group: PaletteGroup | null) => void }
const RegistryContext = createContext<Registry | null>(null)
const GroupsContext = createContext<readonly PaletteGroup[]>([])

/** Pages and features put their items into the palette while they are mounted. */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const [groups, setGroups] = useState<ReadonlyMap<string, PaletteGroup>>(new Map())
  const registry = useMemo<Registry>(
    () => ({
      set: (id, group) =>
        setGroups((before) => {
          const next = new Map(before)
          if (group) next.set(id, group)
          else next.delete(id)
          return next
        }),
    }),
    [],
  )
  const merged = useMemo(() => mergeGroups([...groups.values()]), [groups])
  return (
    <RegistryContext value={registry}>
      <GroupsContext value={merged}>{children}</GroupsContext>
    </RegistryContext>
  )
}

/** `items` must be stable (useMemo), or the palette is rebuilt on every render. */
export function usePaletteItems(heading: string, items: readonly PaletteItem[]) {
  const registry = useContext(RegistryContext)
  const id = useId()
  useEffect(() => {
    registry?.set(id, { heading, items })
    return () => registry?.set(id, null)
  }, [registry, id, heading, items])
}

export const usePaletteGroups = () => useContext(GroupsContext)

/** Groups of the same heading become one; an item of the same id is listed once. */
export function mergeGroups(groups: readonly PaletteGroup[]): PaletteGroup[] {
  const byHeading = new Map<string, Map<string, PaletteItem>>()
  for (const group of groups) {
    const items = byHeading.get(group.heading) ?? new Map<string, PaletteItem>()
    for (const item of group.items) items.set(item.id, item)
    byHeading.set(group.heading, items)
  }
  return [...byHeading].map(([heading, items]) => ({ heading, items: [...items.values()] }))
}
