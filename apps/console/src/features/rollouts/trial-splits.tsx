import type { TargetView } from '@fairlead/contracts/rollout'
import type { TrialSplit } from '@fairlead/contracts/strategy'
import { Progress } from '@fairlead/ui/progress'
import { ClusterMark } from '@/features/clusters/cluster-mark'

/** Of each Deployment on each target the share that the step asks for beside the one that it has. */
export function TrialSplits({ targets }: { targets: readonly TargetView[] }) {
  const rows = targets.flatMap((target) => target.splits.map((split) => ({ target, split })))
  if (rows.length === 0) return null
  return (
    <ul
      aria-label="Shares of the traffic"
      className="grid gap-x-3 gap-y-2 sm:grid-cols-[fit-content(60%)_minmax(6rem,1fr)_auto]"
    >
      {rows.map(({ target, split }) => (
        <li
          key={`${target.id}/${split.workload}`}
          className="grid min-w-0 items-center gap-y-1 text-xs sm:col-span-3 sm:grid-cols-subgrid"
        >
          <span className="flex min-w-0 items-center gap-2">
            <ClusterMark cluster={target.cluster} />
            <span className="truncate font-mono" title={split.beside}>
              {split.beside}
            </span>
          </span>
          <Progress
            value={split.actual.weight}
            max={100}
            label={`${split.beside} on ${target.cluster.name}: per cent of the traffic`}
          />
          <span className="text-muted tabular-nums">{sharesOf(split)}</span>
        </li>
      ))}
    </ul>
  )
}

const podsOf = (count: number): string => `${count} ${count === 1 ? 'pod' : 'pods'}`

const sharesOf = ({ wanted, actual }: TrialSplit): string =>
  `wanted ${wanted.weight}%, is ${actual.weight}%: ${actual.pods} of ${podsOf(wanted.pods)} beside ${actual.stablePods}`
