'use client'

import {
  cloneElement,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
} from 'react'
import { createPortal } from 'react-dom'
import { composeProps } from './compose-props'
import { Kbd } from './kbd'
import { placeBeside, type Side } from './place-beside'

export type TooltipProps = {
  content: ReactNode
  /** The element that is explained; it must spread props (a button, a link, a span). */
  children: ReactElement
  side?: Side | undefined
  shortcut?: string | undefined
  delayMs?: number | undefined
}

/** On every page and in every toolbar: hand-made, because a general one weighs more than the pages themselves. */
export function Tooltip({ content, children, side = 'top', shortcut, delayMs = 300 }: TooltipProps) {
  const id = useId()
  const [anchor, setAnchor] = useState<Element | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const close = () => {
    clearTimeout(timer.current)
    setAnchor(null)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  const props = composeProps(children, {
    onPointerEnter: ({ currentTarget, pointerType }: PointerEvent) => {
      if (pointerType === 'touch') return
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setAnchor(currentTarget), delayMs)
    },
    onPointerLeave: close,
    onPointerDown: ({ currentTarget }: PointerEvent) => {
      // What can't be pressed keeps saying why.
      if (currentTarget.getAttribute('aria-disabled') !== 'true') close()
    },
    onFocus: ({ currentTarget }: FocusEvent) => {
      if (currentTarget.matches(':focus-visible')) setAnchor(currentTarget)
    },
    onBlur: close,
    onKeyDown: ({ key }: KeyboardEvent) => {
      if (key === 'Escape') close()
    },
    ...(anchor ? { 'aria-describedby': id } : {}),
  })
  return (
    <>
      {cloneElement(children, props)}
      {anchor
        ? createPortal(
            <Bubble id={id} anchor={anchor} side={side} onGone={close}>
              <span>{content}</span>
              {shortcut ? <Kbd keys={shortcut} /> : null}
            </Bubble>,
            document.body,
          )
        : null}
    </>
  )
}

type BubbleProps = { id: string; anchor: Element; side: Side; onGone: () => void; children: ReactNode }

function Bubble({ id, anchor, side, onGone, children }: BubbleProps) {
  const bubble = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const box = bubble.current
    if (!box) return
    const { left, top } = placeBeside(anchor.getBoundingClientRect(), box.getBoundingClientRect(), {
      side,
      width: window.innerWidth,
      height: window.innerHeight,
    })
    box.style.left = `${left}px`
    box.style.top = `${top}px`
  })
  useEffect(() => {
    window.addEventListener('scroll', onGone, { capture: true, passive: true, once: true })
    return () => window.removeEventListener('scroll', onGone, { capture: true })
  }, [onGone])
  return (
    <div
      ref={bubble}
      id={id}
      role="tooltip"
      className="pointer-events-none fixed top-0 left-0 z-50 flex w-max max-w-72 items-center gap-2 rounded-md border border-line-strong bg-raised px-2 py-1 text-xs text-fg shadow-float"
    >
      {children}
    </div>
  )
}
