import type { Metadata } from 'next'
import { Suspense } from 'react'
import { RolesPage } from '@/features/settings/roles-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Roles' }

export default function Page() {
  return (
    <Prefetched queries={[api.session.me.queryOptions({})]}>
      <Suspense>
        <RolesPage />
      </Suspense>
    </Prefetched>
  )
}
