'use client'

import { Popover as Base } from '@base-ui/react/popover'
import { cn } from './cn'
import type { PopoverProps } from './popover'

/** The popover itself, open from the start: popover.tsx loads it when it is first wanted. */
export default function PopoverPopup(props: PopoverProps) {
  const { trigger, children, title, align = 'start', side = 'bottom', open, onOpenChange, className } = props
  return (
    <Base.Root
      {...(open === undefined ? { defaultOpen: true } : { open })}
      {...(onOpenChange ? { onOpenChange: (next: boolean) => onOpenChange(next) } : {})}
    >
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup
            className={cn(
              'popup-motion max-w-[calc(100vw-16px)] min-w-56 rounded-lg border border-line-strong bg-raised p-3 text-sm shadow-float outline-none',
              className,
            )}
          >
            {title ? <Base.Title className="mb-2 text-sm font-semibold">{title}</Base.Title> : null}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
