'use client'

import type { RunView } from '@fairlead/contracts/workflow'
import { typesText } from '@fairlead/ui/types-text'
import { useEffect, useEffectEvent } from 'react'
import { ganttRows } from './gantt-rows'
import { useTaskPlace } from './use-task-place'

type PanelKeysInput = { run: RunView; id: string; index: number }

/** j and k go to the next and the previous task (or index) with the panel open, l to the log. */
export function usePanelKeys({ run, id, index }: PanelKeysInput): void {
  const { tab, open, setTab } = useTaskPlace()
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return
    if (typesText(event.target) || document.querySelectorAll('[role="dialog"]').length > 1) return
    if (event.key === 'l') return setTab('logs')
    if (event.key === '/') {
      event.preventDefault()
      document.querySelector<HTMLElement>('[role="dialog"] [data-filter-input]')?.focus()
      return
    }
    const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0
    if (by === 0) return
    const next = neighbourOf(run, { id, index }, by)
    if (next) open({ ...next, ...(tab === null ? {} : { tab }) }, 'replace')
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}

/** Among indexes while one is open, else among tasks. */
function neighbourOf(run: RunView, { id, index }: { id: string; index: number }, by: number) {
  if (index >= 0) {
    const size = run.tasks.find((task) => task.id === id)?.indexes?.size ?? 0
    const next = index + by
    return next >= 0 && next < size ? { task: id, index: next } : null
  }
  const order = ganttRows({ graph: run.graph, tasks: run.tasks, opened: new Map() })
  const next = order[order.findIndex(({ key }) => key === id) + by]
  return next?.kind === 'task' ? { task: next.task.id } : null
}
