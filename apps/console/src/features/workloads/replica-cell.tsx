import type { ObjectRow } from '@fairlead/contracts/inventory'
import { ReplicaBar } from '@fairlead/ui/replica-bar'

type ReplicaCellProps = { verdict: NonNullable<ObjectRow['verdict']>; stale: boolean }

const failing = new Set(['degraded', 'deadline_exceeded'])

/** `3 → 5`: ready beside desired where they differ, one number where they don't. */
export function ReplicaCell({ verdict, stale }: ReplicaCellProps) {
  const { replicas, state } = verdict
  if (!replicas) return null
  const { ready, desired, updated, available, current } = replicas
  const apart = ready !== desired
  const unproven = stale || state === 'unproven'
  return (
    <span className="inline-flex items-center gap-2">
      <span className="min-w-12 text-right">
        <span className={apart && !unproven ? 'font-medium text-progress' : ''}>{ready}</span>
        {apart ? (
          <>
            <span className="text-faint"> → </span>
            {desired}
          </>
        ) : null}
      </span>
      <ReplicaBar
        hideText
        stale={unproven}
        desired={desired}
        ready={ready}
        updated={updated}
        // A pod on its way up is missing, not broken: red is for what fails.
        unavailable={failing.has(state) ? Math.max(0, current - available) : 0}
      />
    </span>
  )
}
