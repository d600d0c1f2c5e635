import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ComparePage } from '@/features/compare/compare-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Compare' }

/** The comparison itself asks two clusters: the page stands before they have answered. */
export default function Page() {
  return (
    <Prefetched queries={[api.fleet.get.queryOptions({})]}>
      <Suspense>
        <ComparePage />
      </Suspense>
    </Prefetched>
  )
}
