import type { Metadata } from 'next'
import { Suspense } from 'react'
import { RepositoriesPage } from '@/features/settings/repositories/repositories-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Logins' }

export default function Page() {
  return (
    <Prefetched queries={[api.session.me.queryOptions({}), api.repository.list.queryOptions({})]}>
      <Suspense>
        <RepositoriesPage />
      </Suspense>
    </Prefetched>
  )
}
