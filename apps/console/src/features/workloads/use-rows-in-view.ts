'use client'

import type { ObjectRow } from '@fairlead/contracts/inventory'
import type { Sort } from '@fairlead/ui/table-column'
import { useMemo, useRef } from 'react'
import { ordered } from './row-order'
import { stateOf, wordsOf } from './row-words'
import type { Chosen, Facet } from './use-view-state'

type Input = {
  readonly rows: readonly ObjectRow[]
  readonly chosen: Chosen
  readonly sort: Sort | null
  /** Typed text, in any case. */
  readonly text: string
  readonly clusterName: (id: string) => string
}
export type FacetCounts = Readonly<Record<Facet, ReadonlyMap<string, number>>>

/** Sorted, then narrowed: a keystroke searches rows that stand in order already. */
export function useRowsInView({ rows, chosen, sort, text, clusterName }: Input) {
  const last = useRef<readonly ObjectRow[]>([])
  const inOrder = useMemo(() => {
    last.current = ordered(rows, last.current, { sort, clusterName })
    return last.current
  }, [rows, sort, clusterName])
  const counts = useMemo(() => countFacets(rows, clusterName), [rows, clusterName])
  const inView = useMemo(() => {
    const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
    return inOrder.filter(
      (row) =>
        allows(chosen.cluster, clusterName(row.clusterId)) &&
        allows(chosen.namespace, row.namespace ?? '') &&
        (chosen.state.size === 0 || allows(chosen.state, stateOf(row)?.value ?? '')) &&
        words.every((word) => wordsOf(row, clusterName(row.clusterId)).includes(word)),
    )
  }, [inOrder, chosen, text, clusterName])
  return { inView, counts }
}

const allows = (chosen: ReadonlySet<string>, value: string): boolean => chosen.size === 0 || chosen.has(value)

function countFacets(rows: readonly ObjectRow[], clusterName: (id: string) => string): FacetCounts {
  const cluster = new Map<string, number>()
  const namespace = new Map<string, number>()
  const state = new Map<string, number>()
  const add = (map: Map<string, number>, value: string | undefined) => {
    if (value) map.set(value, (map.get(value) ?? 0) + 1)
  }
  for (const row of rows) {
    add(cluster, clusterName(row.clusterId))
    add(namespace, row.namespace ?? undefined)
    add(state, stateOf(row)?.value)
  }
  return { cluster, namespace, state }
}
