'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { DecideButtons } from './decide-buttons'
import type { DecideProps, Decision } from './decision'

const DecideDialog = dynamic(() => import('./decide-dialog').then((module) => module.DecideDialog))

/** Decides a stage of a rollout: exactly the plan that was on screen. */
export function Decide({ rollout, stage, plan, requirement }: DecideProps) {
  const [asked, setAsked] = useState<{ decision: Decision; digest: string } | null>(null)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <DecideButtons
        mine={requirement.mine}
        onDecide={(decision) => setAsked({ decision, digest: plan.digest })}
      />
      {asked ? (
        <DecideDialog
          rollout={rollout}
          stage={stage}
          plan={plan}
          decision={asked.decision}
          digest={asked.digest}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </div>
  )
}
