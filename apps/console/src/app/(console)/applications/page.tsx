import type { Metadata } from 'next'
import { ApplicationsPage } from '@/features/applications/applications-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

export const metadata: Metadata = { title: 'Applications' }

export default function Page() {
  return (
    <Prefetched queries={[api.application.list.queryOptions({})]}>
      <ApplicationsPage />
    </Prefetched>
  )
}
