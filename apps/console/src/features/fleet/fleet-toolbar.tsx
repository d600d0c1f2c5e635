'use client'

import type { ClusterCard, Environment } from '@fairlead/contracts/cluster'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Select } from '@fairlead/ui/select'
import { LayoutGrid, Rows3 } from 'lucide-react'
import { useMemo } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { labelsOf } from './fleet-filter'
import { Segments } from './segments'

export type FleetView = 'cards' | 'rows'
/** More cards than this no longer fit one screen: rows say the same in a tenth of the space. */
const cardsUpTo = 12

export const viewOf = (wanted: string | null, clusters: number): FleetView =>
  wanted === 'cards' || wanted === 'rows' ? wanted : clusters > cardsUpTo ? 'rows' : 'cards'

const environments: readonly Environment[] = ['production', 'staging', 'development']

type FleetToolbarProps = {
  clusters: readonly ClusterCard[]
  text: string
  onText: (text: string) => void
  /** Left out where there is one view only. */
  view?: FleetView | undefined
}

export function FleetToolbar({ clusters, text, onText, view }: FleetToolbarProps) {
  const [params, set] = useUrlParams()
  const labels = useMemo(() => [...new Set(clusters.flatMap(labelsOf))].sort(), [clusters])
  const count = (environment: Environment) =>
    clusters.filter((cluster) => cluster.environment === environment).length
  const present = environments.filter((environment) => count(environment) > 0)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterInput
        className="sm:w-48"
        label="Filter clusters"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      {present.length > 1 ? (
        <Segments
          label="Environment"
          value={params.get('environment') ?? ''}
          onChange={(environment) => set({ environment })}
          options={[
            { value: '', label: 'All', count: clusters.length },
            ...present.map((environment) => ({
              value: environment,
              label: environment,
              count: count(environment),
            })),
          ]}
        />
      ) : null}
      {labels.length > 0 ? (
        <Select
          label="Label"
          className="w-36"
          value={params.get('label') ?? ''}
          onValueChange={(label) => set({ label })}
          options={[{ value: '', label: 'Any label' }, ...labels.map((label) => ({ value: label, label }))]}
        />
      ) : null}
      {view ? (
        <Segments
          className="ml-auto"
          label="View"
          value={view}
          onChange={(next) => set({ view: next })}
          options={[
            { value: 'cards', label: 'Cards', icon: <LayoutGrid aria-hidden /> },
            { value: 'rows', label: 'Rows', icon: <Rows3 aria-hidden /> },
          ]}
        />
      ) : null}
    </div>
  )
}
