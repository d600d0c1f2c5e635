import type { Metadata } from 'next'
import { ClustersPage } from '@/features/clusters/clusters-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Clusters' }

export default function Page() {
  return (
    <Prefetched queries={[api.fleet.get.queryOptions({})]}>
      <ClustersPage />
    </Prefetched>
  )
}
