import type { StagePlan } from '@fairlead/contracts/rollout'
import { Badge } from '@fairlead/ui/badge'
import { Ban, CircleX, RotateCcw, Swords, TriangleAlert } from 'lucide-react'
import { factsOf, objectChanges, plural } from './plan-facts'

const counted = ['create', 'change', 'prune', 'denied', 'unverifiable', 'none'] as const

/** A plan in one line of marks. */
export function PlanSummary({ plan, className }: { plan: StagePlan; className?: string }) {
  const facts = factsOf([plan])
  return (
    <span className={className ?? 'flex flex-wrap items-center gap-1.5'}>
      {plan.blockers.length > 0 ? (
        <Badge tone="failing" icon={<Ban aria-hidden />}>
          {plural(plan.blockers.length, 'blocker')}
        </Badge>
      ) : null}
      {counted.map((change) =>
        facts[change] > 0 ? (
          <Badge key={change} tone={objectChanges[change].tone} title={objectChanges[change].said}>
            {facts[change]} {objectChanges[change].word}
          </Badge>
        ) : null,
      )}
      {facts.restarts > 0 ? (
        <Badge tone="progress" icon={<RotateCcw aria-hidden />}>
          restarts {plural(facts.restarts, 'pod')}
        </Badge>
      ) : null}
      {facts.conflicts > 0 ? (
        <Badge tone="failing" icon={<Swords aria-hidden />}>
          {plural(facts.conflicts, 'conflict')}
        </Badge>
      ) : null}
      {facts.failedChecks > 0 ? (
        <Badge tone="failing" icon={<CircleX aria-hidden />}>
          {plural(facts.failedChecks, 'failed check')}
        </Badge>
      ) : null}
      {facts.failedWarnings > 0 ? (
        <Badge tone="progress" icon={<TriangleAlert aria-hidden />}>
          {plural(facts.failedWarnings, 'check to look at', 'checks to look at')}
        </Badge>
      ) : null}
    </span>
  )
}
