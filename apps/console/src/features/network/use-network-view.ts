'use client'

import type { Sort } from '@fairlead/ui/table-column'
import { useCallback, useMemo } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { facets, type Chosen, type Facet } from './in-view'

/** Filters and order as the address says them: `?found=error&cluster=staging&sort=-age`. */
export function useNetworkView() {
  const [params, set] = useUrlParams()
  const said = facets.map((facet) => params.get(facet) ?? '').join('\n')
  const chosen = useMemo(() => {
    const parts = said.split('\n')
    return Object.fromEntries(
      facets.map((facet, index) => [facet, new Set((parts[index] ?? '').split(',').filter(Boolean))]),
    ) as unknown as Chosen
  }, [said])
  const sortText = params.get('sort')
  const sort = useMemo<Sort | null>(
    () =>
      sortText
        ? {
            column: sortText.replace(/^-/, ''),
            direction: sortText.startsWith('-') ? 'descending' : 'ascending',
          }
        : null,
    [sortText],
  )
  const choose = useCallback(
    (facet: Facet, values: Iterable<string>) => set({ [facet]: [...values].join(',') }),
    [set],
  )
  const setSort = useCallback(
    ({ column, direction }: Sort) => set({ sort: `${direction === 'descending' ? '-' : ''}${column}` }),
    [set],
  )
  return { chosen, sort, choose, setSort }
}
