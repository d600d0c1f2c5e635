'use client'

import type { FrozenAction } from '@fairlead/contracts/freeze-actions'
import type { ClusterId } from '@fairlead/contracts/ids'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'
import { FreezeNotice } from './freeze-notice'
import { askHref } from './freeze-words'

type HandFreezeProps = {
  action: FrozenAction
  meanwhile?: string
  place: {
    readonly cluster: { readonly id: string }
    readonly namespace: string | null
    readonly application: string | null
  }
}

/** Whether a window refuses this hand here now; whoever acts all the same is asked again then. */
export function HandFreeze({ action, place, meanwhile = 'It is refused until then' }: HandFreezeProps) {
  const { cluster, namespace, application } = place
  const asked = { action, cluster: cluster.id as ClusterId, namespace, application }
  const answer = useQuery(useTRPC().freeze.check.queryOptions(asked, { refetchInterval: 30_000 }))
  const about = application === null ? { cluster: cluster.id } : { application }
  return <FreezeNotice answer={answer.data} meanwhile={meanwhile} ask={askHref(about)} />
}
