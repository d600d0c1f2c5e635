'use client'

import { lazy, Suspense, useState, type ReactNode } from 'react'

export type SheetProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children: ReactNode
  footer?: ReactNode
  side?: 'left' | 'right' | 'bottom' | undefined
  size?: 'md' | 'lg' | 'xl' | undefined
}

const SheetPopup = lazy(() => import('./sheet-popup'))

/** A side panel; on a phone it covers the page. */
export function Sheet(props: SheetProps) {
  const [wasOpened, setWasOpened] = useState(props.open)
  if (props.open && !wasOpened) setWasOpened(true)
  return wasOpened ? (
    <Suspense fallback={null}>
      <SheetPopup {...props} />
    </Suspense>
  ) : null
}
