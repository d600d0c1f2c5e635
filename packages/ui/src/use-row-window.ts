'use client'

import { useCallback, useEffect, useState, type RefObject } from 'react'
import { rowsInSight, scrollToReveal } from './row-window'

type RowWindowInput = { count: number; rowHeight: number; scroller: RefObject<HTMLElement | null> }

/** Under this many rows all are drawn: find-in-page and screen readers then see everything. */
const drawAllUpTo = 100
/** Drawn before the browser has measured the scroller, and on the server. */
const atFirst = { first: 0, end: 40 }

/** Which rows are in sight, and how many pixels stand before and after them. All rows have one height. */
export function useRowWindow({ count, rowHeight, scroller }: RowWindowInput) {
  const windowed = count > drawAllUpTo
  const [sight, setSight] = useState(atFirst)
  useEffect(() => {
    const box = scroller.current
    if (!windowed || !box) return
    const measure = () => {
      const next = rowsInSight({ scrollTop: box.scrollTop, height: box.clientHeight, rowHeight })
      setSight((last) => (last.first === next.first && last.end === next.end ? last : next))
    }
    measure()
    box.addEventListener('scroll', measure, { passive: true })
    const resized = new ResizeObserver(measure)
    resized.observe(box)
    return () => {
      box.removeEventListener('scroll', measure)
      resized.disconnect()
    }
  }, [windowed, rowHeight, scroller])
  const reveal = useCallback(
    (index: number) => {
      const box = scroller.current
      if (!windowed || !box) return
      const { scrollTop, clientHeight: height } = box
      box.scrollTop = scrollToReveal(index, { scrollTop, height, rowHeight })
    },
    [scroller, windowed, rowHeight],
  )
  const end = windowed ? Math.min(sight.end, count) : count
  const first = windowed ? Math.max(0, Math.min(sight.first, end - 1, count - (sight.end - sight.first))) : 0
  return {
    items: Array.from({ length: end - first }, (_, at) => first + at),
    before: first * rowHeight,
    after: (count - end) * rowHeight,
    reveal,
  }
}
