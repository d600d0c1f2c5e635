'use client'

import { useCallback, useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react'
import type { Layout } from './layout'
import { fitted, held, opening, revealing, zoomed, type Size, type View } from './view'

type UseView = {
  /** Null until the frame has been measured. */
  view: View | null
  size: Size
  change: (next: (view: View, size: Size) => View) => void
  fit: () => void
  zoomBy: (factor: number) => void
  reveal: (id: string) => void
}

/** Untouched, the view follows the drawing and the frame; once somebody moved it, it is theirs. */
export function useView(
  frame: RefObject<HTMLElement | null>,
  layout: Layout,
  revealed: string | null,
): UseView {
  const [own, setOwn] = useState<View | null>(null)
  const size = useSize(frame)
  const known = size.width > 0 && size.height > 0
  const start = known ? opening(layout, size) : null
  const target = revealed === null ? undefined : layout.nodes.get(revealed)
  const view = own ?? (start && target ? revealing(start, target, size) : start)
  const change = (next: (view: View, size: Size) => View) => {
    if (start === null) return
    setOwn((before) => held(next(before ?? view ?? start, size), layout, size))
  }
  return {
    view,
    size,
    change,
    fit: () => change(() => fitted(layout, size)),
    zoomBy: (factor) => change((now) => zoomed(now, factor, { x: size.width / 2, y: size.height / 2 })),
    reveal: (id) => {
      const node = layout.nodes.get(id)
      if (node) change((now) => revealing(now, node, size))
    },
  }
}

function useSize(frame: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  return size
}

const clickSlack = 4
type Point = { x: number; y: number }

/** Drag moves, two fingers zoom, ctrl with the wheel zooms; a press that didn't move is a click on a node. */
export function usePointers(
  frame: RefObject<HTMLElement | null>,
  change: UseView['change'],
  onPress: (id: string) => void,
) {
  const pointers = useRef(new Map<number, Point>())
  const moved = useRef(0)
  const at = useCallback(
    (event: { clientX: number; clientY: number }): Point => {
      const box = frame.current?.getBoundingClientRect()
      return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
    },
    [frame],
  )
  useWheel(frame, change, at)
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return
      if (pointers.current.size === 0) moved.current = 0
      pointers.current.set(event.pointerId, at(event))
    },
    onPointerMove: (event: PointerEvent) => {
      const before = pointers.current.get(event.pointerId)
      if (before === undefined) return
      const now = at(event)
      const others = [...pointers.current].filter(([id]) => id !== event.pointerId)
      pointers.current.set(event.pointerId, now)
      moved.current += Math.abs(now.x - before.x) + Math.abs(now.y - before.y)
      if (moved.current < clickSlack) return
      if (!event.currentTarget.hasPointerCapture(event.pointerId))
        event.currentTarget.setPointerCapture(event.pointerId)
      const other = others[0]?.[1]
      if (other === undefined)
        change((view) => ({ ...view, x: view.x + now.x - before.x, y: view.y + now.y - before.y }))
      else change((view) => zoomed(view, distance(now, other) / Math.max(1, distance(before, other)), other))
    },
    onPointerUp: (event: PointerEvent) => {
      const pressed = pointers.current.delete(event.pointerId)
      if (!pressed || moved.current >= clickSlack) return
      const node = event.target instanceof Element ? event.target.closest('[data-node]') : null
      const id = node?.getAttribute('data-node')
      if (id) onPress(id)
    },
    onPointerCancel: (event: PointerEvent) => void pointers.current.delete(event.pointerId),
  }
}

const distance = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y)

/** The wheel alone scrolls the page, until somebody works inside the graph. */
function useWheel(
  frame: RefObject<HTMLElement | null>,
  change: UseView['change'],
  at: (event: { clientX: number; clientY: number }) => Point,
) {
  const latest = useRef(change)
  useEffect(() => {
    latest.current = change
  })
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const wheel = (event: WheelEvent) => {
      const zooms = event.ctrlKey || event.metaKey
      if (!zooms && !element.contains(document.activeElement)) return
      event.preventDefault()
      if (zooms) latest.current((view) => zoomed(view, Math.exp(-event.deltaY / 300), at(event)))
      else latest.current((view) => ({ ...view, x: view.x - event.deltaX, y: view.y - event.deltaY }))
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [frame, at])
}
