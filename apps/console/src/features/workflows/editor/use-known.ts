'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '@/live/trpc'

const nothing = {}

/** What completion offers: the published schema, and the names that this person may use. */
export function useKnown() {
  const trpc = useTRPC()
  const schema = useQuery(trpc.workflow.schema.queryOptions({}, { staleTime: Infinity }))
  const projects = useQuery(trpc.project.list.queryOptions({}))
  const pools = useQuery(trpc.pool.list.queryOptions({}))
  return useMemo(
    () => ({
      schema: schema.data?.schema ?? nothing,
      names: {
        clusters: unique(
          (projects.data ?? []).flatMap(({ destinations }) => destinations.map(({ cluster }) => cluster)),
        ),
        pools: unique((pools.data ?? []).map(({ name }) => name)),
        projects: (projects.data ?? []).map(({ name }) => name),
      },
    }),
    [schema.data, projects.data, pools.data],
  )
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort()
