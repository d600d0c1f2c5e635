import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PeoplePage } from '@/features/settings/people-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'People' }

export default function Page() {
  return (
    <Prefetched
      queries={[
        api.session.me.queryOptions({}),
        api.person.list.queryOptions({}),
        api.project.list.queryOptions({}),
      ]}
    >
      <Suspense>
        <PeoplePage />
      </Suspense>
    </Prefetched>
  )
}
