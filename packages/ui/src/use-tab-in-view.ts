'use client'

import { useLayoutEffect, useRef, type RefObject } from 'react'

/** Of a neighbour: so that one sees that there are more. */
const peek = 28

/** How far a list is scrolled once what is `from`..`to` in it (pixels from its beginning) is in its sight, a bit around it too. */
export function scrolledTo(
  sight: { readonly scrolled: number; readonly width: number },
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const start = Math.max(0, from - peek)
  if (sight.scrolled > start || to - start > sight.width) return start
  return Math.max(sight.scrolled, to + peek - sight.width)
}

/** For a list of tabs that scrolls sideways: the open one is in sight when the page opens, and when another one is opened. */
export function useTabInView<E extends HTMLElement>(current: string): RefObject<E | null> {
  const list = useRef<E>(null)
  useLayoutEffect(() => {
    const box = list.current
    const tab = box?.querySelector('[aria-current="page"], [aria-selected="true"]')
    if (!box || !tab) return
    const from = tab.getBoundingClientRect().left - box.getBoundingClientRect().left + box.scrollLeft
    const to = from + tab.getBoundingClientRect().width
    box.scrollLeft = scrolledTo({ scrolled: box.scrollLeft, width: box.clientWidth }, { from, to })
  }, [current])
  return list
}
