import {
  extensionPoints,
  schedulingBuiltIns,
  type PointReached,
  type SchedulingBuiltIn,
} from '@fairlead/contracts/scheduling-scores'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'

const looks: Record<PointReached['state'], { tone: Tone; word: string }> = {
  passed: { tone: 'ok', word: 'Passed' },
  stopped: { tone: 'failing', word: 'Stopped' },
  not_reached: { tone: 'neutral', word: 'Not reached' },
  unknown: { tone: 'unknown', word: 'Unknown' },
}

/** The scheduler's extension points by name, and how far the pod gets. */
export function PointsList({ points }: { points: readonly PointReached[] }) {
  if (points.length === 0) return null
  return (
    <ol aria-label="Extension points of the scheduler" className="border-t border-line px-4 py-3 text-sm">
      {points.map(({ point, state, words }) => (
        <li
          key={point}
          className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 py-1 md:grid-cols-[5rem_8rem_minmax(0,1fr)]"
        >
          <span className="font-mono text-xs leading-5" title={extensionPoints[point]}>
            {point}
          </span>
          <StatusMark {...looks[state]} className="text-xs" />
          <span className="min-w-0 break-words text-muted max-md:col-span-2">{words}</span>
        </li>
      ))}
    </ol>
  )
}

/** What Kubernetes has already, for whoever reaches for a scheduler of their own. */
export function BuiltIns({ names }: { names: readonly SchedulingBuiltIn[] }) {
  if (names.length === 0) return null
  return (
    <div className="border-t border-line px-4 py-3 text-sm">
      <h3 className="mb-1.5 text-xs font-semibold text-muted">
        Before a scheduler or a plugin of your own: what Kubernetes has
      </h3>
      <dl className="grid gap-x-4 gap-y-1.5 md:grid-cols-[18rem_minmax(0,1fr)]">
        {names.map((name) => (
          <BuiltIn key={name} name={name} />
        ))}
      </dl>
    </div>
  )
}

function BuiltIn({ name }: { name: SchedulingBuiltIn }) {
  const { wish, how } = schedulingBuiltIns[name]
  return (
    <>
      <dt className="text-pretty">{wish}</dt>
      <dd className="min-w-0 break-words text-muted">
        <span className="font-medium text-fg">{name}</span>: {how}
      </dd>
    </>
  )
}
