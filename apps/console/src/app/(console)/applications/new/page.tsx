import type { Metadata } from 'next'
import { NewApplicationPage } from '@/features/applications/new-application-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

export const metadata: Metadata = { title: 'New application' }

export default function Page() {
  return (
    <Prefetched queries={[api.project.list.queryOptions({})]}>
      <NewApplicationPage />
    </Prefetched>
  )
}
