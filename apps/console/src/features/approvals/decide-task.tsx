'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { DecideButtons } from './decide-buttons'
import type { Decision } from './decision'
import type { DecidedTask } from './decide-task-dialog'

const DecideTaskDialog = dynamic(() =>
  import('./decide-task-dialog').then((module) => module.DecideTaskDialog),
)

/** Decides a task of a run: exactly what was bound to the digest that was on screen. */
export function DecideTask({ item }: { item: DecidedTask }) {
  const [asked, setAsked] = useState<{ decision: Decision; digest: string } | null>(null)
  const { mine, digest } = item.approval
  return (
    <div className="flex flex-wrap items-center gap-2">
      <DecideButtons mine={mine} onDecide={(decision) => setAsked({ decision, digest })} />
      {asked ? (
        <DecideTaskDialog
          item={item}
          decision={asked.decision}
          digest={asked.digest}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </div>
  )
}
