'use client'

import type { ReactNode } from 'react'
import { AppLink } from './app-link'
import { cn } from './cn'
import { useTabInView } from './use-tab-in-view'

export type LinkTab = { href: string; label: ReactNode; count?: number | undefined; icon?: ReactNode }
export type LinkTabsProps = {
  label: string
  items: readonly LinkTab[]
  /** The href of the tab that is open. */
  current: string
  className?: string | undefined
}

export const tabListLook = 'flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]'
export const tabLook =
  'flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2 text-sm text-muted transition-colors hover:text-fg focus-visible:-outline-offset-2 [&_svg]:size-4'

/** Tabs whose open one is in the URL, so a colleague sees the same. */
export function LinkTabs({ label, items, current, className }: LinkTabsProps) {
  const list = useTabInView<HTMLElement>(current)
  return (
    <nav ref={list} aria-label={label} className={cn(tabListLook, className)}>
      {items.map((item) => (
        <AppLink
          key={item.href}
          href={item.href}
          className={cn(tabLook, item.href === current && 'border-fg text-fg')}
          {...(item.href === current ? { 'aria-current': 'page' as const } : {})}
        >
          {item.icon}
          {item.label}
          {item.count === undefined ? null : <span className="text-xs text-faint">{item.count}</span>}
        </AppLink>
      ))}
    </nav>
  )
}
