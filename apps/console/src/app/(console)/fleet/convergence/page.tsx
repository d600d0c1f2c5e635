import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ConvergencePage } from '@/features/fleet/convergence-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Time to converge' }

export default function Page() {
  return (
    <Prefetched queries={[api.fleet.convergence.queryOptions({ days: 7, by: 'application' })]}>
      <Suspense>
        <ConvergencePage />
      </Suspense>
    </Prefetched>
  )
}
