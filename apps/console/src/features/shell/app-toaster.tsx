'use client'

import { lazy, Suspense, useSyncExternalStore } from 'react'
import { toasterWanted } from './toaster-wanted'

const Toaster = lazy(() => import('./toaster'))

/** The place where toasts appear, from the first one on. */
export function AppToaster() {
  const wanted = useSyncExternalStore(toasterWanted.subscribe, toasterWanted.now, toasterWanted.onServer)
  return wanted ? (
    <Suspense fallback={null}>
      <Toaster />
    </Suspense>
  ) : null
}
