'use client'

import { hands, isFor, type Hand } from '@fairlead/contracts/hand-states'
import { Button } from '@fairlead/ui/button'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { AskedHand } from './hand-dialogs'
import { HandIcon } from './hand-icons'
import type { HandTarget } from './hand-target'
import { useWhyNot } from './use-hand'

const HandDialogs = dynamic(() => import('./hand-dialogs'))

/** Those with a dialog; the others have a tab. */
const all = (Object.keys(hands) as Hand[]).filter((hand) => hand !== 'edit' && hand !== 'shell')

/** Those that make sense for it now; what is not allowed stays in sight and says why. */
export const handsFor = ({ kind, cordoned }: HandTarget): AskedHand[] =>
  all.filter((hand) => isFor(hand, kind) && hand !== (cordoned ? 'cordon' : 'uncordon'))

/** What can be done to the object of a page by hand. */
export function HandActions({ target }: { target: HandTarget }) {
  const [asked, setAsked] = useState<AskedHand | null>(null)
  const whyNot = useWhyNot()
  return (
    <>
      {handsFor(target).map((hand) => (
        <Button
          key={hand}
          variant={hand === 'delete' || hand === 'drain' ? 'danger-quiet' : undefined}
          icon={<HandIcon hand={hand} />}
          onClick={() => setAsked(hand)}
          disabledReason={whyNot(hand)}
        >
          {hands[hand].word}
        </Button>
      ))}
      {asked ? <HandDialogs hand={asked} target={target} onClose={() => setAsked(null)} /> : null}
    </>
  )
}
