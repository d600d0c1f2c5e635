'use client'

import type { DeniedSource, ObjectRow } from '@fairlead/contracts/inventory'
import type { WatchedKind } from '@fairlead/contracts/kinds'
import { useQuery } from '@tanstack/react-query'
import { alone } from '@/live/api-client'
import { useLiveObjects } from '@/live/live-provider'
import { useTRPC } from '@/live/trpc'
import { firstPage } from './first-page'

const allRows = 50_000

const patchedInPlace = { structuralSharing: false } as const

/** All objects of a kind that the viewer may see, kept current. */
export function useObjects(kind: WatchedKind) {
  const trpc = useTRPC()
  useLiveObjects({ kinds: [kind] })
  const head = useQuery(trpc.object.list.queryOptions(firstPage(kind), patchedInPlace))
  const partial = head.data?.truncated === true
  const all = useQuery(
    trpc.object.list.queryOptions(
      { kinds: [kind], limit: allRows },
      { ...patchedInPlace, enabled: partial, trpc: alone },
    ),
  )
  const list = (partial ? all.data : undefined) ?? head.data
  return {
    rows: list?.rows ?? none,
    total: list?.total ?? 0,
    denied: list?.denied ?? nowhere,
    loaded: list !== undefined,
    /** The rows beyond the first screen are on their way. */
    loadingMore: partial && all.data === undefined,
    error: head.error ?? all.error,
    retry: () => void head.refetch(),
    retrying: head.isFetching,
  }
}

const none: readonly ObjectRow[] = []
const nowhere: readonly DeniedSource[] = []
