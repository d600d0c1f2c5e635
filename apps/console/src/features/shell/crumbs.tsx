'use client'

import { Breadcrumbs, type Crumb } from '@fairlead/ui/page-header'
import { usePathname } from 'next/navigation'
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { isInArea, navItems } from './nav'

type CrumbState = { crumbs: readonly Crumb[] | null; set: (crumbs: readonly Crumb[] | null) => void }
const CrumbContext = createContext<CrumbState>({ crumbs: null, set: () => undefined })

export function CrumbProvider({ children }: { children: ReactNode }) {
  const [crumbs, set] = useState<readonly Crumb[] | null>(null)
  const state = useMemo(() => ({ crumbs, set }), [crumbs])
  return <CrumbContext value={state}>{children}</CrumbContext>
}

/** Put it anywhere in a page: its crumbs stand in the top bar while it is mounted. */
export function TopbarCrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const { set } = useContext(CrumbContext)
  const said = JSON.stringify(crumbs)
  useEffect(() => {
    // By value: the parent's array is new on every render.
    set(JSON.parse(said) as readonly Crumb[])
    return () => set(null)
  }, [set, said])
  return null
}

/** The page's crumbs, or the area's name until (or unless) a page gives its own. */
export function CrumbSlot() {
  const { crumbs } = useContext(CrumbContext)
  const pathname = usePathname()
  const area = navItems.find((item) => isInArea(pathname, item.href))
  const shown = crumbs ?? (area ? [{ label: area.label }] : [])
  return <Breadcrumbs crumbs={shown} className="text-sm" />
}
