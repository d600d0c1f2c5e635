'use client'

import { useHotkey } from '@/features/shell/hotkeys'

/** j and k move the focus over the links of a list; Enter opens one, as for every link. */
export function useListKeys(selector: string): void {
  const step = (by: number) => {
    const links = [...document.querySelectorAll<HTMLElement>(selector)]
    const at = links.findIndex((link) => link === document.activeElement)
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
  }
  useHotkey('j', () => step(1), { description: 'Next' })
  useHotkey('k', () => step(-1), { description: 'Previous' })
}
