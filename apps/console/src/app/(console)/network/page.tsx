import type { Metadata } from 'next'
import { NetworkPage } from '@/features/network/network-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Network' }

export default function Page() {
  return (
    <Prefetched queries={[api.fleet.get.queryOptions({}), api.network.findings.queryOptions({})]}>
      <NetworkPage />
    </Prefetched>
  )
}
