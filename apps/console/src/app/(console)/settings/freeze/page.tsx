import type { Metadata } from 'next'
import { Suspense } from 'react'
import { FreezePage } from '@/features/freeze/freeze-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Freeze windows' }

export default function Page() {
  return (
    <Prefetched
      queries={[
        api.session.me.queryOptions({}),
        api.freeze.list.queryOptions({}),
        api.exception.list.queryOptions({}),
      ]}
    >
      <Suspense>
        <FreezePage />
      </Suspense>
    </Prefetched>
  )
}
