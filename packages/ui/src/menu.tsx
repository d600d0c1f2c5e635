'use client'

import { lazy, Suspense, type ReactElement, type ReactNode } from 'react'
import { LazyTrigger, useArmed } from './lazy-trigger'

export type MenuAction = {
  label: string
  icon?: ReactNode
  hint?: string | undefined
  shortcut?: string | undefined
  tone?: 'danger' | undefined
  href?: string | undefined
  onSelect?: (() => void) | undefined
  /** Keeps the item in the list, greyed, with the reason under it. */
  disabledReason?: string | null | undefined
}
export type MenuGroup = { group?: string | undefined; items: readonly MenuAction[] }

export type MenuProps = {
  trigger: ReactElement
  groups: readonly MenuGroup[]
  /** Stands above the groups, e.g. who is signed in. */
  header?: ReactNode
  align?: 'start' | 'center' | 'end' | undefined
  side?: 'top' | 'bottom' | 'right' | undefined
}

const load = () => import('./menu-popup')
const MenuPopup = lazy(load)

export function Menu(props: MenuProps) {
  const [armed, arm] = useArmed()
  const trigger = <LazyTrigger trigger={props.trigger} popup="menu" preload={load} onOpen={arm} />
  return armed ? (
    <Suspense fallback={trigger}>
      <MenuPopup {...props} />
    </Suspense>
  ) : (
    trigger
  )
}
