'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { alone } from '@/live/api-client'
import { useTRPC, useTRPCClient } from '@/live/trpc'
import type { CustomKindAddress } from './addresses'

type Wanted = CustomKindAddress & { readonly namespace: string | null }

/** Page by page from the cluster itself; nothing makes it old but time, so that it is asked again by hand. */
export function useCustomList({ namespace, ...kind }: Wanted) {
  const client = useTRPCClient()
  const [path] = useTRPC().custom.list.queryKey()
  const input = { ...kind, ...(namespace === null ? {} : { namespace }) }
  const pages = useInfiniteQuery({
    queryKey: [path, { input, type: 'infinite' }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      client.custom.list.query(
        { ...input, ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal, ...alone },
      ),
    getNextPageParam: (page) => page.next,
  })
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data])
  return { ...pages, rows, first: pages.data?.pages[0], last: pages.data?.pages.at(-1) }
}
