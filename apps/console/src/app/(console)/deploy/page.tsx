import type { Metadata } from 'next'
import { PickApplicationPage } from '@/features/deploy/pick-application-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

export const metadata: Metadata = { title: 'Deploy' }

export default function Page() {
  return (
    <Prefetched queries={[api.application.list.queryOptions({})]}>
      <PickApplicationPage />
    </Prefetched>
  )
}
