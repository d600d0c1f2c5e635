'use client'

import type { Hand } from '@fairlead/contracts/hand-states'
import { CordonDialog } from './cordon-dialog'
import { DeleteDialog } from './delete-dialog'
import { DrainDialog } from './drain-dialog'
import type { HandTarget } from './hand-target'
import { RestartDialog } from './restart-dialog'
import { ScaleDialog } from './scale-dialog'

/** Editing has a place of its own: the YAML tab. */
export type AskedHand = Exclude<Hand, 'edit' | 'shell'>
type HandDialogsProps = { hand: AskedHand; target: HandTarget; onClose: () => void }

/** What a hand asks before it does anything; all of them in one chunk, loaded when the first is opened. */
export default function HandDialogs({ hand, target, onClose }: HandDialogsProps) {
  switch (hand) {
    case 'scale':
      return <ScaleDialog target={target} onClose={onClose} />
    case 'restart':
      return <RestartDialog target={target} onClose={onClose} />
    case 'delete':
      return <DeleteDialog target={target} onClose={onClose} />
    case 'drain':
      return <DrainDialog target={target} onClose={onClose} />
    case 'cordon':
    case 'uncordon':
      return <CordonDialog target={target} hand={hand} onClose={onClose} />
  }
}
