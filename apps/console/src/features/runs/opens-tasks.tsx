'use client'

import type { MouseEvent, ReactNode } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'

/** Rows inside link to a task of this very page: opened here, without asking the server for the page again. */
export function OpensTasks({ children }: { children: ReactNode }) {
  const [, set] = useUrlParams()
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    const link = event.target instanceof Element ? event.target.closest('a[data-row-link]') : null
    if (!(link instanceof HTMLAnchorElement)) return
    event.preventDefault()
    event.stopPropagation()
    const asked = new URL(link.href).searchParams
    set({ task: asked.get('task'), index: asked.get('index'), tab: asked.get('tab'), attempt: null }, 'push')
  }
  return <div onClickCapture={open}>{children}</div>
}
