'use client'

import { hands } from '@fairlead/contracts/hand-states'
import { IconButton } from '@fairlead/ui/icon-button'
import { Menu, type MenuAction } from '@fairlead/ui/menu'
import { EllipsisVertical } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { handsFor } from './hand-actions'
import type { AskedHand } from './hand-dialogs'
import { HandIcon } from './hand-icons'
import type { HandTarget } from './hand-target'
import { useWhyNot } from './use-hand'

const HandDialogs = dynamic(() => import('./hand-dialogs'))

/** The same hands at the end of a row. */
export function HandMenu({ target, more = [] }: { target: HandTarget; more?: readonly MenuAction[] }) {
  const [asked, setAsked] = useState<AskedHand | null>(null)
  const whyNot = useWhyNot()
  const items = handsFor(target).map((hand): MenuAction => ({
    label: hands[hand].word,
    icon: <HandIcon hand={hand} />,
    onSelect: () => setAsked(hand),
    disabledReason: whyNot(hand),
    ...(hand === 'delete' || hand === 'drain' ? { tone: 'danger' as const } : {}),
  }))
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton size="sm" label={`Actions on ${target.name}`} icon={<EllipsisVertical aria-hidden />} />
        }
        groups={[...(more.length === 0 ? [] : [{ items: more }]), { items }]}
      />
      {asked ? <HandDialogs hand={asked} target={target} onClose={() => setAsked(null)} /> : null}
    </>
  )
}
