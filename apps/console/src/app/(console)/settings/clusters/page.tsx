import type { Metadata } from 'next'
import { ClusterSettingsPage } from '@/features/register-cluster/cluster-settings-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Clusters · Settings' }

export default function Page() {
  return (
    <Prefetched queries={[api.fleet.get.queryOptions({}), api.session.me.queryOptions({})]}>
      <ClusterSettingsPage />
    </Prefetched>
  )
}
