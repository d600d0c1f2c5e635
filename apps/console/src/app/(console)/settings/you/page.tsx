import type { Metadata } from 'next'
import { YouPage } from '@/features/settings/you-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Your account' }

export default function Page() {
  return (
    <Prefetched queries={[api.session.me.queryOptions({})]}>
      <YouPage />
    </Prefetched>
  )
}
