'use client'

import { airflowState, type TaskInstanceRow } from '@fairlead/contracts/airflow'
import { Button } from '@fairlead/ui/button'
import { Boxes } from 'lucide-react'
import type { DagRunPlace } from '../addresses'
import { isTroubledPod, usePods } from './use-pods'

type PodHintProps = { place: DagRunPlace; instance: TaskInstanceRow; onOpen: () => void }

/** While a task waits or runs: what its cluster knows of it that Airflow does not; nothing where all is well. */
export function PodHint({ place, instance, onOpen }: PodHintProps) {
  const { data } = usePods(place, instance)
  if (data === undefined || airflowState(instance.state).terminal) return null
  const troubled = data.pods.find(isTroubledPod)
  const [quota] = data.pods.length === 0 ? data.fullQuotas : []
  if (troubled === undefined && quota === undefined) return null
  return (
    <div
      role="status"
      className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-progress-soft px-3 py-2 text-sm text-progress"
    >
      <Boxes aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0 flex-1 basis-60 break-words">
        {troubled
          ? `Its pod is ${troubled.status} in ${troubled.cluster.name}/${troubled.namespace}.`
          : `No pod of it is there, and the quota ${quota?.name} of ${quota?.cluster.name}/${quota?.namespace} is used up.`}
      </span>
      <Button size="sm" onClick={onOpen}>
        Why?
      </Button>
    </div>
  )
}
