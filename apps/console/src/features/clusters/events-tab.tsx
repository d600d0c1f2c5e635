'use client'

import type { ClusterCard } from '@fairlead/contracts/cluster'
import type { ClusterId } from '@fairlead/contracts/ids'
import { FilterInput } from '@fairlead/ui/filter-input'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Segments } from '@/features/fleet/segments'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useUrlParams } from '@/features/rollouts/url-param'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { EventsTable } from './events-table'

export default function EventsTab({ cluster }: { cluster: ClusterCard }) {
  const { data, error, refetch, isFetching } = useQuery(
    useTRPC().object.events.queryOptions({ cluster: cluster.id as ClusterId, limit: 1000 }),
  )
  const [text, setText] = useTextParam('q')
  const [params, set] = useUrlParams()
  const type = params.get('type') ?? ''
  const wanted = text.trim().toLowerCase()
  const rows = useMemo(
    () =>
      (data ?? []).filter(
        (event) =>
          (type === '' || event.type === type) &&
          `${event.objectKind}/${event.objectName} ${event.namespace} ${event.reason} ${event.message}`
            .toLowerCase()
            .includes(wanted),
      ),
    [data, type, wanted],
  )
  if (error && !data) {
    return (
      <FaultState
        what="The events could not be loaded."
        error={error}
        right="inventory.view"
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    )
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <FilterInput label="Filter events" value={text} onChange={(event) => setText(event.target.value)} />
        <Segments
          label="Type"
          value={type}
          onChange={(next) => set({ type: next })}
          options={[
            { value: '', label: 'All' },
            { value: 'Warning', label: 'Warning' },
            { value: 'Normal', label: 'Normal' },
          ]}
        />
      </div>
      {data ? (
        <EventsTable events={rows} cluster={cluster.name} />
      ) : (
        <SkeletonRows label="Loading events" className="rounded-lg border border-line bg-surface" />
      )}
    </div>
  )
}
