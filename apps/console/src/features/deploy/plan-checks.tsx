'use client'

import type { StagePlan } from '@fairlead/contracts/rollout'
import { cn } from '@fairlead/ui/cn'
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { plural } from './plan-facts'

/** The checklist: what failed with what to do, and what passed on demand. */
export function PlanChecks({ checks }: { checks: StagePlan['checks'] }) {
  const [all, setAll] = useState(false)
  const failed = checks.filter(({ passed }) => !passed)
  const passed = checks.length - failed.length
  const shown = all ? [...failed, ...checks.filter((check) => check.passed)] : failed
  if (checks.length === 0) return null
  return (
    <section aria-label="Checks">
      <div className="flex items-baseline gap-3 pb-1">
        <h4 className="text-xs font-medium text-muted">Checks</h4>
        <button
          type="button"
          className="rounded-sm text-xs text-accent-text hover:underline"
          onClick={() => setAll(!all)}
          aria-expanded={all}
        >
          {all
            ? 'Hide the passed'
            : `${plural(passed, 'passed', 'passed')}${failed.length ? '' : ', none failed'}`}
        </button>
      </div>
      <ul className="space-y-1">
        {shown.map((check) => (
          <li
            key={`${check.check}${check.object}${check.message}`}
            className={cn('flex items-start gap-2 text-xs', check.passed && 'text-muted')}
          >
            <CheckIcon check={check} />
            <span className="w-36 shrink-0 truncate font-mono text-2xs leading-4" title={check.check}>
              {check.check}
            </span>
            <span className="min-w-0 flex-1 break-words">
              {check.message} <span className="font-mono text-2xs text-faint">{check.object}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function CheckIcon({ check }: { check: StagePlan['checks'][number] }) {
  const look = 'mt-px size-3.5 shrink-0'
  if (check.passed) return <CircleCheck aria-label="passed" className={cn(look, 'text-ok')} />
  return check.severity === 'error' ? (
    <CircleX aria-label="failed" className={cn(look, 'text-fail')} />
  ) : (
    <TriangleAlert aria-label="warning" className={cn(look, 'text-progress')} />
  )
}
