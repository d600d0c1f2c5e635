'use client'

import { useId, type KeyboardEvent, type ReactNode } from 'react'
import { cn } from './cn'
import { tabLook, tabListLook } from './link-tabs'
import { useTabInView } from './use-tab-in-view'

export type TabItem = { value: string; label: ReactNode; count?: number | undefined; content: ReactNode }
export type TabsProps = {
  label: string
  items: readonly TabItem[]
  value: string
  onValueChange: (value: string) => void
  className?: string | undefined
}

/** Which tab a key leads to from the one that has the focus; arrows go round. */
export function tabAfter(key: string, at: number, count: number): number | null {
  if (key === 'ArrowRight') return (at + 1) % count
  if (key === 'ArrowLeft') return (at + count - 1) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')]
  const next = tabAfter(event.key, tabs.indexOf(document.activeElement as HTMLElement), tabs.length)
  if (next === null || event.metaKey || event.ctrlKey || event.altKey) return
  event.preventDefault()
  tabs[next]?.focus()
}

/** Tabs inside one page: arrows move, Enter opens. Where each tab deserves an address, use LinkTabs. */
export function Tabs({ label, items, value, onValueChange, className }: TabsProps) {
  const id = useId()
  const list = useTabInView<HTMLDivElement>(value)
  const open = items.find((item) => item.value === value)
  return (
    <div className={className}>
      <div
        ref={list}
        role="tablist"
        tabIndex={-1}
        aria-label={label}
        className={tabListLook}
        onKeyDown={moveFocus}
      >
        {items.map((item) => (
          <button
            key={item.value}
            type="button"
            role="tab"
            id={`${id}-${item.value}`}
            aria-selected={item === open}
            tabIndex={item === open ? 0 : -1}
            onClick={() => onValueChange(item.value)}
            className={cn(tabLook, item === open && 'border-fg text-fg')}
            {...(item === open ? { 'aria-controls': `${id}-panel` } : {})}
          >
            {item.label}
            {item.count === undefined ? null : <span className="text-xs text-faint">{item.count}</span>}
          </button>
        ))}
      </div>
      {open ? (
        <div
          key={open.value}
          role="tabpanel"
          id={`${id}-panel`}
          aria-labelledby={`${id}-${open.value}`}
          tabIndex={0}
          className="rounded-sm pt-4"
        >
          {open.content}
        </div>
      ) : null}
    </div>
  )
}
