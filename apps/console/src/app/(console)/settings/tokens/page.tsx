import type { Metadata } from 'next'
import { Suspense } from 'react'
import { TokensPage } from '@/features/settings/tokens-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'API tokens' }

export default function Page() {
  return (
    <Prefetched
      queries={[
        api.session.me.queryOptions({}),
        api.token.list.queryOptions({}),
        api.project.list.queryOptions({}),
      ]}
    >
      <Suspense>
        <TokensPage />
      </Suspense>
    </Prefetched>
  )
}
