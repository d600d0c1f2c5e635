'use client'

import type { Sort } from '@fairlead/ui/table-column'
import { useCallback, useMemo } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'

/** Filters and order of a list as the address says them: `?cluster=staging,production&sort=-age`. `facets` is constant. */
export function useListView<Facet extends string>(facets: readonly Facet[]) {
  const [params, set] = useUrlParams()
  const said = JSON.stringify(facets.map((facet) => [facet, params.get(facet) ?? '']))
  const chosen = useMemo(
    () =>
      Object.fromEntries(
        (JSON.parse(said) as [Facet, string][]).map(([facet, text]) => [facet, listOf(text)]),
      ) as Readonly<Record<Facet, ReadonlySet<string>>>,
    [said],
  )
  const sortText = params.get('sort')
  const sort = useMemo<Sort | null>(() => sortOf(sortText), [sortText])
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

const listOf = (text: string): ReadonlySet<string> => new Set(text.split(',').filter((part) => part !== ''))

function sortOf(text: string | null): Sort | null {
  if (!text) return null
  return text.startsWith('-')
    ? { column: text.slice(1), direction: 'descending' }
    : { column: text, direction: 'ascending' }
}
