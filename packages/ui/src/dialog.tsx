'use client'

import { lazy, Suspense, useState, type ReactElement, type ReactNode } from 'react'
import { LazyTrigger, useArmed } from './lazy-trigger'

export type DialogProps = {
  title: ReactNode
  children?: ReactNode
  description?: ReactNode
  footer?: ReactNode
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  /** An element that opens it, for uncontrolled use. */
  trigger?: ReactElement | undefined
  size?: 'sm' | 'md' | 'lg' | 'xl' | undefined
}

const load = () => import('./dialog-popup')
const DialogPopup = lazy(load)

export function Dialog(props: DialogProps) {
  const [armed, arm] = useArmed(props.open === true)
  const [wasOpened, setWasOpened] = useState(false)
  if (armed && !wasOpened) setWasOpened(true)
  const open = () => {
    arm()
    props.onOpenChange?.(true)
  }
  const trigger = props.trigger ? (
    <LazyTrigger trigger={props.trigger} popup="dialog" preload={load} onOpen={open} />
  ) : null
  return armed || wasOpened ? (
    <Suspense fallback={trigger}>
      <DialogPopup {...props} />
    </Suspense>
  ) : (
    trigger
  )
}
