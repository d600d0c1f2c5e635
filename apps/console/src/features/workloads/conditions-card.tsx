import type { WorkloadDetail } from '@fairlead/contracts/inventory'
import { Card } from '@fairlead/ui/card'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'

type Condition = WorkloadDetail['conditions'][number]
type ConditionsCardProps = { conditions: readonly Condition[]; stale: boolean }

/** Conditions whose True is the bad news. */
const badWhenTrue = /Pressure$|Unavailable$|Failed$|Failure$|^FailureTarget$|^DisruptionTarget$/

function toneOf({ type, status }: Condition, stale: boolean): Tone {
  if (stale || status === 'Unknown') return 'unknown'
  return (status === 'True') === badWhenTrue.test(type) ? 'failing' : 'ok'
}

export function ConditionsCard({ conditions, stale }: ConditionsCardProps) {
  return (
    <Card flush title="Conditions">
      <ul className="divide-y divide-line">
        {conditions.map((condition) => (
          <li
            key={condition.type}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 py-2 text-sm sm:grid-cols-[12rem_minmax(0,1fr)_auto]"
          >
            <StatusMark
              tone={toneOf(condition, stale)}
              word={condition.status === 'True' ? condition.type : `${condition.type}: ${condition.status}`}
            />
            <span className="min-w-0 break-words text-muted max-sm:order-3 max-sm:col-span-2">
              {condition.reason ? <span className="text-fg">{condition.reason} </span> : null}
              {condition.message}
            </span>
            {condition.since ? (
              <RelativeTime at={condition.since} className="text-xs text-faint" />
            ) : (
              <span />
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
