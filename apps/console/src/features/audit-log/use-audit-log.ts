'use client'

import type { AuditEntryView } from '@fairlead/contracts/audit'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC, useTRPCClient } from '@/live/trpc'
import type { AuditQuery } from './audit-filters'

const pageSize = 200

/** Newest first, page by page; under the name `audit.list`, so that a live change asks again. */
export function useAuditLog(query: AuditQuery) {
  const client = useTRPCClient()
  const [path] = useTRPC().audit.list.queryKey()
  const pages = useInfiniteQuery({
    queryKey: [path, { input: query, type: 'infinite' }],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) =>
      client.audit.list.query(
        { ...query, limit: pageSize, ...(pageParam === null ? {} : { before: pageParam }) },
        { signal },
      ),
    getNextPageParam: (page) => page.next,
  })
  const entries = useMemo(
    (): AuditEntryView[] => pages.data?.pages.flatMap((page) => page.entries) ?? [],
    [pages.data],
  )
  return { ...pages, entries }
}

/** One entry by its number, for an address that names one further back than what is loaded. */
export function useAuditEntry(
  sequence: number,
  loaded: readonly AuditEntryView[],
): AuditEntryView | undefined {
  const known = loaded.find((entry) => entry.sequence === sequence)
  const wanted = Number.isInteger(sequence) && sequence > 0 && known === undefined
  const { data } = useQuery(
    useTRPC().audit.list.queryOptions(
      { before: sequence + 1, limit: 1 },
      { enabled: wanted, staleTime: Infinity },
    ),
  )
  const found = wanted ? data?.entries[0] : undefined
  return known ?? (found?.sequence === sequence ? found : undefined)
}
