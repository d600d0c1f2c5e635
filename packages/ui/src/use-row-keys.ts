'use client'

import { useEffect, useEffectEvent, useState, type RefObject } from 'react'
import { typesText } from './types-text'

type RowKeysInput = {
  count: number
  enabled: boolean
  scroller: RefObject<HTMLElement | null>
  reveal: (index: number) => void
  onKey: (key: string, index: number) => void
}

/** j and k move the active row, Enter opens it, other letters go to the page. Returns the active index or -1. */
export function useRowKeys({ count, enabled, scroller, reveal, onKey }: RowKeysInput): number {
  const [active, setActive] = useState(-1)
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return
    if (typesText(event.target) || document.querySelector('[role="dialog"],[role="menu"]')) return
    const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0
    if (step !== 0 && count > 0) {
      event.preventDefault()
      const next = Math.min(count - 1, Math.max(0, active + step))
      setActive(next)
      reveal(next)
      requestAnimationFrame(() => rowAt(scroller.current, next)?.focus({ preventScroll: false }))
    } else if (active >= 0 && event.key === 'Enter' && !startsOnControl(event.target)) {
      rowAt(scroller.current, active)?.querySelector<HTMLAnchorElement>('a[data-row-link]')?.click()
    } else if (active >= 0 && active < count && event.key.length === 1) {
      onKey(event.key, active)
    }
  })
  useEffect(() => {
    if (!enabled) return
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [enabled])
  return active < count ? active : -1
}

const rowAt = (scroller: HTMLElement | null, index: number) =>
  scroller?.querySelector<HTMLElement>(`tr[data-row-index="${index}"]`)

const startsOnControl = (target: EventTarget | null) =>
  target instanceof Element && target.closest('a,button,[role="button"]') !== null
