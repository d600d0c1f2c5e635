'use client'

import { useCallback } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'

/** Which task's panel stands open, in the address: `?task=load&index=3&tab=tries&try=2`. */
export function useTaskPanel() {
  const [params, set] = useUrlParams()
  const close = useCallback(() => set({ task: null, index: null, tab: null, try: null, q: null }), [set])
  const open = useCallback(
    (task: string, mapIndex: number, how: 'push' | 'replace' = 'push') =>
      set({ task, index: mapIndex < 0 ? null : String(mapIndex), try: null, q: null }, how),
    [set],
  )
  const setTab = useCallback(
    (tab: string | null, tryNumber?: number) =>
      set({ tab, try: tryNumber === undefined ? null : String(tryNumber), q: null }),
    [set],
  )
  return {
    task: params.get('task'),
    mapIndex: numberOf(params.get('index')) ?? -1,
    tab: params.get('tab'),
    tryNumber: numberOf(params.get('try')),
    open,
    close,
    setTab,
  }
}

const numberOf = (text: string | null): number | null =>
  text !== null && /^\d{1,7}$/.test(text) ? Number(text) : null
