'use client'

import { kindOfWord, watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import type { Sort } from '@fairlead/ui/table-column'
import { useCallback, useMemo } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'

export const facets = ['cluster', 'namespace', 'state'] as const
export type Facet = (typeof facets)[number]
export type Chosen = Readonly<Record<Facet, ReadonlySet<string>>>

const listOf = (text: string | null): ReadonlySet<string> =>
  new Set((text ?? '').split(',').filter((part) => part !== ''))

/** Kind, filters and order as the address says them: `?kind=pods&cluster=staging,production&sort=-age`. */
export function useViewState() {
  const [params, set] = useUrlParams()
  const kind: WatchedKind = kindOfWord(params.get('kind') ?? '') ?? 'Deployment'
  const sortText = params.get('sort')
  const [cluster, namespace, state] = [params.get('cluster'), params.get('namespace'), params.get('state')]
  const chosen = useMemo<Chosen>(
    () => ({ cluster: listOf(cluster), namespace: listOf(namespace), state: listOf(state) }),
    [cluster, namespace, state],
  )
  const sort = useMemo<Sort | null>(() => sortOf(sortText), [sortText])
  const setKind = useCallback(
    (next: WatchedKind) =>
      set(
        { kind: next === 'Deployment' ? null : watchedKinds[next].plural, state: null, sort: null },
        'push',
      ),
    [set],
  )
  const choose = useCallback(
    (facet: Facet, values: Iterable<string>) => set({ [facet]: [...values].join(',') }),
    [set],
  )
  const setSort = useCallback(
    ({ column, direction }: Sort) => set({ sort: `${direction === 'descending' ? '-' : ''}${column}` }),
    [set],
  )
  return { kind, chosen, sort, setKind, choose, setSort }
}

function sortOf(text: string | null): Sort | null {
  if (!text) return null
  return text.startsWith('-')
    ? { column: text.slice(1), direction: 'descending' }
    : { column: text, direction: 'ascending' }
}
