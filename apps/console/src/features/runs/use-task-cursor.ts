'use client'

import { typesText } from '@fairlead/ui/types-text'
import { useEffect, useEffectEvent, useState } from 'react'
import { useHotkey } from '@/features/shell/hotkeys'
import { useTaskPlace } from './use-task-place'

/** j and k walk over the tasks, Enter opens the panel, l the log. Returns the task that the keys stand on. */
export function useTaskCursor(order: readonly string[], enabled: boolean): string | null {
  const { task, open } = useTaskPlace()
  const [cursor, setCursor] = useState<string | null>(task)
  const [seen, setSeen] = useState(task)
  if (seen !== task) {
    setSeen(task)
    if (task !== null) setCursor(task)
  }
  const step = (by: number) => {
    const at = cursor === null ? -1 : order.indexOf(cursor)
    const next = order[Math.min(order.length - 1, Math.max(0, at + by))]
    if (next !== undefined) setCursor(next)
  }
  useHotkey('j', () => step(1), { description: 'Next task', enabled })
  useHotkey('k', () => step(-1), { description: 'Previous task', enabled })
  useHotkey('l', () => (cursor === null ? undefined : open({ task: cursor, tab: 'logs' })), {
    description: 'Log of the task',
    enabled: enabled && cursor !== null,
  })
  const enter = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.defaultPrevented || cursor === null) return
    if (typesText(event.target) || isControl(event.target)) return
    open({ task: cursor })
  })
  useEffect(() => {
    if (!enabled) return
    const listener = (event: KeyboardEvent) => enter(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [enabled])
  return cursor
}

const isControl = (target: EventTarget | null): boolean =>
  document.querySelector('[role="dialog"],[role="menu"]') !== null ||
  (target instanceof Element && target.closest('a,button,[role="button"],[role="application"]') !== null)
