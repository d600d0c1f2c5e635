'use client'

import { lazy, Suspense, type ReactElement, type ReactNode } from 'react'
import { LazyTrigger, useArmed } from './lazy-trigger'

export type PopoverProps = {
  trigger: ReactElement
  children: ReactNode
  title?: ReactNode
  align?: 'start' | 'center' | 'end' | undefined
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  className?: string | undefined
}

const load = () => import('./popover-popup')
const PopoverPopup = lazy(load)

export function Popover(props: PopoverProps) {
  const [armed, arm] = useArmed(props.open === true)
  const open = () => {
    arm()
    props.onOpenChange?.(true)
  }
  const trigger = <LazyTrigger trigger={props.trigger} popup="dialog" preload={load} onOpen={open} />
  return armed ? (
    <Suspense fallback={trigger}>
      <PopoverPopup {...props} />
    </Suspense>
  ) : (
    trigger
  )
}
