import type { TargetPlan } from '@fairlead/contracts/rollout'
import { Badge } from '@fairlead/ui/badge'
import { Unplug } from 'lucide-react'
import { plural } from './plan-facts'

/** Who gets it when: a part of what is approved. */
export function PlanWaves({ targets }: { targets: readonly TargetPlan[] }) {
  const numbers = [...new Set(targets.flatMap(({ wave }) => wave ?? []))].toSorted(
    (left, right) => left - right,
  )
  if (numbers.length === 0) return null
  return (
    <section aria-label="Waves" className="rounded-md border border-line bg-surface px-3 py-2">
      <ol className="space-y-1 text-xs">
        {numbers.map((number) => {
          const own = targets.filter(({ wave }) => wave === number)
          return (
            <li key={number} className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
              <span className="font-medium">Wave {number}</span>
              <span className="text-muted">{plural(own.length, 'target')}</span>
              {own.map(({ cluster, unreachable }) => (
                <Badge
                  key={cluster.id}
                  tone={unreachable === undefined ? 'neutral' : 'unknown'}
                  icon={unreachable === undefined ? undefined : <Unplug aria-hidden />}
                  title={unreachable === undefined ? undefined : `Does not answer: ${unreachable}`}
                >
                  {cluster.name}
                </Badge>
              ))}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
