'use client'

import type { ClusterCard } from '@fairlead/contracts/cluster'
import { Select } from '@fairlead/ui/select'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'
import type { SideAddress } from './sides'

type SidePickerProps = {
  /** "Left", "Right": what a reader hears before the two lists. */
  label: string
  side: SideAddress | null
  clusters: readonly ClusterCard[]
  onChange: (side: SideAddress) => void
}

const whole = ''

/** A cluster, and one of its namespaces or all of it. Another cluster keeps the name of the namespace. */
export function SidePicker({ label, side, clusters, onChange }: SidePickerProps) {
  const detail = useQuery(
    useTRPC().cluster.get.queryOptions({ cluster: side?.cluster ?? 'none' }, { enabled: side !== null }),
  )
  const chosen = side?.namespace ?? whole
  const names = detail.data?.namespaces.map(({ name }) => name) ?? []
  const known = chosen === whole || names.includes(chosen) ? names : [chosen, ...names]
  return (
    <div role="group" aria-label={label} className="flex min-w-0 flex-1 basis-72 gap-2">
      <Select
        label={`${label} cluster`}
        placeholder="Cluster…"
        className="w-full min-w-0 flex-1"
        options={clusters.map(({ name, environment }) => ({ value: name, label: name, hint: environment }))}
        value={side?.cluster ?? null}
        onValueChange={(cluster) => onChange({ cluster, namespace: side?.namespace ?? null })}
      />
      <Select
        label={`${label} namespace`}
        className="w-full min-w-0 flex-1"
        disabled={side === null}
        options={[
          { value: whole, label: 'Whole cluster' },
          ...known.map((name) => ({ value: name, label: name })),
        ]}
        value={chosen}
        onValueChange={(namespace) => {
          if (side !== null) onChange({ ...side, namespace: namespace === whole ? null : namespace })
        }}
      />
    </div>
  )
}
