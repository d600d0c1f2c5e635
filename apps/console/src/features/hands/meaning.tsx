import { driftWords } from '@fairlead/contracts/hand-states'
import { HandFreeze } from '@/features/freeze/hand-freeze'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import type { HandTarget } from './hand-target'

type MeaningProps = { target: HandTarget; hand: Parameters<typeof driftWords>[0] }

/** Where it is, and whether a window refuses it, and what a change by hand means for the application that declared it. */
export function Meaning({ target, hand }: MeaningProps) {
  const { cluster, namespace, application } = target
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p className="flex flex-wrap items-center gap-x-2 text-muted">
        <ClusterMark cluster={cluster} href={null} />
        {namespace}
      </p>
      <HandFreeze action={hand} place={target} />
      {application === null ? null : (
        <p className="rounded-md bg-wait-soft px-3 py-2 text-fg">{driftWords(hand, application)}</p>
      )}
    </div>
  )
}
