'use client'

import { kindOfWord, watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import { useCallback } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useListView } from './use-list-view'

export const facets = ['cluster', 'namespace', 'state'] as const
export type Facet = (typeof facets)[number]
export type Chosen = Readonly<Record<Facet, ReadonlySet<string>>>

/** Kind, filters and order as the address says them: `?kind=pods&cluster=staging,production&sort=-age`. */
export function useViewState() {
  const [params, set] = useUrlParams()
  const kind: WatchedKind = kindOfWord(params.get('kind') ?? '') ?? 'Deployment'
  const setKind = useCallback(
    (next: WatchedKind) =>
      set(
        { kind: next === 'Deployment' ? null : watchedKinds[next].plural, state: null, sort: null },
        'push',
      ),
    [set],
  )
  return { kind, setKind, ...useListView(facets) }
}
