import type { Metadata } from 'next'
import { Suspense } from 'react'
import { AuditsPage } from '@/features/audits/audits-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Audits' }

export default function Page() {
  return (
    <Prefetched queries={[api.session.me.queryOptions({}), api.check.list.queryOptions({})]}>
      <Suspense>
        <AuditsPage />
      </Suspense>
    </Prefetched>
  )
}
