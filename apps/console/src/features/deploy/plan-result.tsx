'use client'

import type { PlanPreview, StagePlan } from '@fairlead/contracts/rollout'
import { FreezeNotice } from '@/features/freeze/freeze-notice'
import { askHref } from '@/features/freeze/freeze-words'
import { cn } from '@fairlead/ui/cn'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { changesAnything } from './plan-facts'
import { PlanSummary } from './plan-summary'
import { PlanView } from './plan-view'

type PlanResultProps = { plan: PlanPreview; outdated: boolean }

/** The plan stage by stage: what would happen where, before anything happens. */
export function PlanResult({ plan, outdated }: PlanResultProps) {
  const [first] = plan.stages
  return (
    <div className={cn('space-y-3', outdated && 'grayscale')} aria-live="polite">
      {plan.windows.map(({ stage, answer }) => (
        <FreezeNotice
          key={stage}
          answer={answer}
          meanwhile={`Stage ${stage} may be asked for and approved; it waits, and goes on by itself`}
          ask={askHref({ project: plan.project, application: plan.application })}
        />
      ))}
      {plan.stages.map((stage) => (
        <StageSection key={stage.stage} plan={stage} openAtFirst={stage === first} />
      ))}
    </div>
  )
}

function StageSection({ plan, openAtFirst }: { plan: StagePlan; openAtFirst: boolean }) {
  const [open, setOpen] = useState(openAtFirst)
  return (
    <section className="rounded-lg border border-line bg-surface">
      <h2>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-h-11 w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-4 py-2 text-left hover:bg-hover"
        >
          <ChevronRight
            aria-hidden
            className={cn('size-4 text-faint transition-transform', open && 'rotate-90')}
          />
          <span className="text-sm font-semibold">{plan.stage}</span>
          {changesAnything(plan) || plan.blockers.length > 0 ? (
            <PlanSummary plan={plan} />
          ) : (
            <span className="text-xs text-muted">changes nothing</span>
          )}
        </button>
      </h2>
      {open ? (
        <div className="border-t border-line p-4">
          <PlanView plan={plan} />
        </div>
      ) : null}
    </section>
  )
}
