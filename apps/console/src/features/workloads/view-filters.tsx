'use client'

import { verdictStates } from '@fairlead/contracts/verdict'
import { watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import { useMemo } from 'react'
import { FacetFilter, type FacetOption } from './facet-filter'
import type { FacetCounts } from './use-rows-in-view'
import { facets, type Chosen, type Facet } from './use-view-state'

type ViewFiltersProps = {
  kind: WatchedKind
  counts: FacetCounts
  chosen: Chosen
  onChoose: (facet: Facet, values: Iterable<string>) => void
}

const names: Record<Facet, string> = { cluster: 'Cluster', namespace: 'Namespace', state: 'State' }
const verdictWords: Record<string, string> = Object.fromEntries(
  Object.entries(verdictStates).map(([state, { word }]) => [state, word]),
)

export function ViewFilters({ kind, counts, chosen, onChoose }: ViewFiltersProps) {
  const options = useMemo(
    () => ({
      cluster: optionsOf(counts.cluster),
      namespace: optionsOf(counts.namespace),
      state: optionsOf(counts.state),
    }),
    [counts],
  )
  return (
    <>
      {facets.map((facet) => {
        if (facet === 'namespace' && !watchedKinds[kind].namespaced) return null
        if (options[facet].length === 0 && chosen[facet].size === 0) return null
        return (
          <FacetFilter
            key={facet}
            name={names[facet]}
            options={options[facet]}
            chosen={chosen[facet]}
            onChoose={(values) => onChoose(facet, values)}
          />
        )
      })}
    </>
  )
}

const optionsOf = (counts: ReadonlyMap<string, number>): FacetOption[] =>
  [...counts]
    .map(([value, count]) => ({ value, label: verdictWords[value] ?? value, count }))
    .sort((a, b) => a.value.localeCompare(b.value))
