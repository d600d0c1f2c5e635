import type { Metadata } from 'next'
import { FleetPage } from '@/features/fleet/fleet-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Fleet' }

export default function Page() {
  return (
    <Prefetched
      queries={[
        api.fleet.get.queryOptions({}),
        api.activity.get.queryOptions({}),
        api.fleet.changes.queryOptions({}),
      ]}
    >
      <FleetPage />
    </Prefetched>
  )
}
