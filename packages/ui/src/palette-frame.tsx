'use client'

import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'

export type PaletteFrameProps = {
  label: string
  open: boolean
  onOpenChange: (open: boolean) => void
  children: ReactNode
}

/** A dialog without a header, near the top of the screen, for a search that fills it. */
export function PaletteFrame({ label, open, onOpenChange, children }: PaletteFrameProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-overlay transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label={label}
          className="popup-motion fixed inset-x-0 top-[10vh] z-50 mx-auto w-[calc(100vw-24px)] max-w-xl overflow-hidden rounded-lg border border-line-strong bg-raised shadow-float outline-none"
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
