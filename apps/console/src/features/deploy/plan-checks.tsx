'use client'

import type { StageCheck } from '@fairlead/contracts/stage-checks'
import { cn } from '@fairlead/ui/cn'
import { CircleCheck, CircleX, ShieldCheck, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { checkGroups, type CheckGroup } from './check-groups'
import { plural } from './plan-facts'

const looks = {
  blocks: { title: 'Block', Icon: CircleX, colour: 'text-fail' },
  warns: { title: 'Warn', Icon: TriangleAlert, colour: 'text-progress' },
  waived: { title: 'Waived', Icon: ShieldCheck, colour: 'text-muted' },
  passed: { title: 'Passed', Icon: CircleCheck, colour: 'text-ok' },
} as const satisfies Record<CheckGroup, { title: string; Icon: LucideIcon; colour: string }>

/** The checklist by what it means here: what blocks, what warns, what somebody waived, and what passed on demand. */
export function PlanChecks({ checks }: { checks: readonly StageCheck[] }) {
  const [all, setAll] = useState(false)
  const groups = checkGroups(checks)
  const failed = checks.length - groups.passed.length
  if (checks.length === 0) return null
  const shown = (Object.keys(looks) as CheckGroup[]).filter(
    (group) => groups[group].length > 0 && (group !== 'passed' || all),
  )
  return (
    <section aria-label="Checks" className="space-y-2">
      <div className="flex items-baseline gap-3">
        <h4 className="text-xs font-medium text-muted">Checks</h4>
        <button
          type="button"
          className="rounded-sm text-xs text-accent-text hover:underline"
          onClick={() => setAll(!all)}
          aria-expanded={all}
        >
          {all
            ? 'Hide the passed'
            : `${plural(groups.passed.length, 'passed', 'passed')}${failed ? '' : ', none failed'}`}
        </button>
      </div>
      {shown.map((group) => (
        <Group key={group} group={group} checks={groups[group]} />
      ))}
    </section>
  )
}

function Group({ group, checks }: { group: CheckGroup; checks: readonly StageCheck[] }) {
  const { title, Icon, colour } = looks[group]
  return (
    <div>
      <h5 className={cn('pb-0.5 text-2xs font-medium', colour)}>
        {title} ({checks.length})
      </h5>
      <ul className="space-y-1">
        {checks.map((check) => (
          <li
            key={`${check.check}${check.object}${check.message}`}
            className={cn('flex items-start gap-2 text-xs', group === 'passed' && 'text-muted')}
          >
            <Icon aria-hidden className={cn('mt-px size-3.5 shrink-0', colour)} />
            <span className="w-36 shrink-0 truncate font-mono text-2xs leading-4" title={check.check}>
              {check.check}
            </span>
            <span className="min-w-0 flex-1 break-words">
              {check.message} <span className="font-mono text-2xs text-faint">{check.object}</span>
              {check.waiver ? (
                <span className="block text-muted">
                  Waived by {check.waiver.by} until {check.waiver.until.slice(0, 10)}: {check.waiver.reason}
                </span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
