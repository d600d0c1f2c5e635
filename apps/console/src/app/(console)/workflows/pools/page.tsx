import type { Metadata } from 'next'
import { PoolsPage } from '@/features/workflows/pools/pools-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

export const metadata: Metadata = { title: 'Pools' }

export default function Page() {
  return (
    <Prefetched queries={[api.pool.list.queryOptions({}), api.session.me.queryOptions({})]}>
      <PoolsPage />
    </Prefetched>
  )
}
