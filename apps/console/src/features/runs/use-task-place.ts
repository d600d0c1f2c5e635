'use client'

import { useCallback } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'
import type { TaskPlace } from './addresses'

/** Which task's panel stands open, in the address: `?task=settle&index=12&tab=logs&attempt=2`. */
export function useTaskPlace() {
  const [params, set] = useUrlParams()
  const task = params.get('task')
  const tab = params.get('tab')
  const index = numberOf(params.get('index'))
  const attempt = numberOf(params.get('attempt'))
  const open = useCallback(
    (place: TaskPlace, how: 'push' | 'replace' = 'push') =>
      set(
        {
          task: place.task,
          index: place.index === undefined || place.index < 0 ? null : String(place.index),
          tab: place.tab ?? null,
          attempt: null,
          q: null,
        },
        how,
      ),
    [set],
  )
  const close = useCallback(() => set({ task: null, index: null, tab: null, attempt: null, q: null }), [set])
  const setTab = useCallback(
    (next: string | null, number?: number) =>
      set({ tab: next, attempt: number === undefined ? null : String(number), q: null }),
    [set],
  )
  return { task, index: index ?? -1, tab, attempt, open, close, setTab }
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}
