'use client'

import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { useRouter } from 'next/navigation'
import { useEffect, useState, type ReactNode } from 'react'

/** Asks before a link or the browser leaves a page with unsaved work. Render what it returns. */
export function useLeaveGuard(dirty: boolean): ReactNode {
  const router = useRouter()
  const [target, setTarget] = useState<string | null>(null)
  useEffect(() => {
    if (!dirty) return
    const unload = (event: BeforeUnloadEvent) => event.preventDefault()
    const click = (event: MouseEvent) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!(link instanceof HTMLAnchorElement) || link.target === '_blank') return
      const to = new URL(link.href)
      if (to.origin !== window.location.origin || to.pathname === window.location.pathname) return
      event.preventDefault()
      event.stopPropagation()
      setTarget(`${to.pathname}${to.search}`)
    }
    window.addEventListener('beforeunload', unload)
    document.addEventListener('click', click, { capture: true })
    return () => {
      window.removeEventListener('beforeunload', unload)
      document.removeEventListener('click', click, { capture: true })
    }
  }, [dirty])
  if (target === null) return null
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : setTarget(null))}
      title="Leave without saving?"
      description="What you wrote is not applied. It stays as a draft in this tab, and is here again when you come back."
      confirmLabel="Leave"
      tone="primary"
      onConfirm={() => {
        setTarget(null)
        router.push(target)
      }}
    />
  )
}
