'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { cn } from './cn'
import type { SheetProps } from './sheet'

const sides = {
  right:
    'inset-y-0 right-0 w-full border-l data-ending-style:translate-x-4 data-starting-style:translate-x-4',
  left: 'inset-y-0 left-0 w-72 max-w-[85vw] border-r data-ending-style:-translate-x-4 data-starting-style:-translate-x-4',
  bottom:
    'inset-x-0 bottom-0 max-h-[85dvh] rounded-t-lg border-t data-ending-style:translate-y-4 data-starting-style:translate-y-4',
}
const widths = { md: 'sm:max-w-md', lg: 'sm:max-w-2xl', xl: 'sm:max-w-4xl' }

/** The sheet itself: sheet.tsx loads it when it first opens. */
export default function SheetPopup(props: SheetProps) {
  const { open, onOpenChange, title, description, children, footer, side = 'right', size = 'md' } = props
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-overlay transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={cn(
            'fixed z-50 flex flex-col border-line-strong bg-raised shadow-float transition-[opacity,transform] outline-none data-ending-style:opacity-0 data-starting-style:opacity-0',
            sides[side],
            side === 'right' && widths[size],
          )}
        >
          <div className="flex items-start gap-3 border-b border-line px-4 py-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="truncate text-base font-semibold">{title}</Base.Title>
              {description ? (
                <Base.Description className="text-sm text-muted">{description}</Base.Description>
              ) : null}
            </div>
            <Base.Close
              aria-label="Close"
              className="-mr-1 flex size-7 items-center justify-center rounded-md text-faint hover:bg-raised-hover hover:text-fg"
            >
              <X aria-hidden className="size-4" />
            </Base.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
          {footer ? (
            <div className="flex justify-end gap-2 border-t border-line px-4 py-3">{footer}</div>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
