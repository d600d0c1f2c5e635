import 'server-only'
import { dehydrate, type FetchQueryOptions, type QueryKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Hydrated } from '@/live/hydrated'
import { queryClient } from './reader'

interface Prefetchable {
  readonly queryKey: QueryKey
  readonly queryFn?: unknown
}

type PrefetchedProps = {
  /** What the first paint needs: `[api.fleet.get.queryOptions({})]`. A refusal is left to the browser to show. */
  queries: readonly Prefetchable[]
  children: ReactNode
}

/** Gives a page its data with its HTML. */
export async function Prefetched({ queries, children }: PrefetchedProps) {
  const client = queryClient()
  await Promise.all(
    queries.map((options) => client.prefetchQuery({ ...(options as FetchQueryOptions), retry: false })),
  )
  return <Hydrated state={dehydrate(client)}>{children}</Hydrated>
}
