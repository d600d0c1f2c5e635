'use client'

import { cn } from '@fairlead/ui/cn'
import { tabListLook, tabLook } from '@fairlead/ui/link-tabs'
import { useTabInView } from '@fairlead/ui/use-tab-in-view'
import { usePathname } from 'next/navigation'
import type { MouseEvent, ReactNode } from 'react'
import { hrefWith, useUrlParams } from '@/features/rollouts/url-param'

export type ParamTab = { value: string; label: ReactNode; count?: number | undefined; shortcut?: string }
type ParamTabsProps = {
  label: string
  /** The parameter of the address that says which is open; the first tab is the one without it. */
  param: string
  tabs: readonly ParamTab[]
  current: string
  /** Other parameters that mean nothing in another tab. */
  clears?: readonly string[]
  className?: string | undefined
}

/** Tabs with an address each, opened in the browser alone: no round trip between them. */
export function ParamTabs({ label, param, tabs, current, clears = [], className }: ParamTabsProps) {
  const [params, set] = useUrlParams()
  const path = usePathname()
  const list = useTabInView<HTMLElement>(current)
  const changesTo = (value: string) => ({
    ...Object.fromEntries(clears.map((key) => [key, null])),
    [param]: value === tabs[0]?.value ? null : value,
  })
  const open = (event: MouseEvent, value: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    set(changesTo(value), 'push')
  }
  return (
    <nav ref={list} aria-label={label} className={cn(tabListLook, className)}>
      {tabs.map(({ value, label: text, count, shortcut }) => (
        <a
          key={value}
          href={hrefWith(path, params, changesTo(value))}
          onClick={(event) => open(event, value)}
          title={shortcut ? `Shortcut ${shortcut}` : undefined}
          className={cn(tabLook, value === current && 'border-fg text-fg')}
          {...(value === current ? { 'aria-current': 'page' as const } : {})}
        >
          {text}
          {count === undefined ? null : <span className="text-xs text-faint">{count}</span>}
        </a>
      ))}
    </nav>
  )
}
