'use client'

import type { FrozenAction } from '@fairlead/contracts/freeze-actions'
import { useFleet } from '@/features/clusters/use-clusters'
import { HandFreeze } from './hand-freeze'

type StageFreezeProps = {
  action: FrozenAction
  application: string
  stage: { readonly clusters: readonly string[]; readonly namespace: string }
}

/** One closed cluster holds the whole stage: a few of them say enough. */
const mostAsked = 3

export function StageFreeze({ action, application, stage }: StageFreezeProps) {
  const fleet = useFleet()
  const clusters = (fleet.data?.clusters ?? []).filter(({ name }) => stage.clusters.includes(name))
  return clusters
    .slice(0, mostAsked)
    .map((cluster) => (
      <HandFreeze
        key={cluster.id}
        action={action}
        meanwhile="It may be asked for; the stage waits, and goes on by itself"
        place={{ cluster, namespace: stage.namespace, application }}
      />
    ))
}
