'use client'

import { cloneElement, startTransition, useState, type KeyboardEvent, type ReactElement } from 'react'
import { composeProps } from './compose-props'

type LazyTriggerProps = {
  trigger: ReactElement
  popup: 'menu' | 'dialog' | 'listbox'
  /** Fetches the popup's code: called as soon as somebody comes near. */
  preload: () => unknown
  onOpen: () => void
}

/** A trigger whose popup has not been needed yet: its code comes when the pointer or the focus does. */
export function LazyTrigger({ trigger, popup, preload, onOpen }: LazyTriggerProps) {
  return cloneElement(
    trigger,
    composeProps(trigger, {
      'aria-haspopup': popup,
      'aria-expanded': false,
      onPointerEnter: preload,
      onFocus: preload,
      onClick: onOpen,
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key !== 'ArrowDown' || popup === 'dialog') return
        event.preventDefault()
        onOpen()
      },
    }),
  )
}

/** False until something first opens; what is on screen stays there until the code for it has come. */
export function useArmed(from = false): [boolean, () => void] {
  const [armed, setArmed] = useState(from)
  return [armed || from, () => startTransition(() => setArmed(true))]
}
