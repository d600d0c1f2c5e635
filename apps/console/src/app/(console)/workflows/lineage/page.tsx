import type { Metadata } from 'next'
import { LineagePage } from '@/features/workflows/lineage/lineage-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

export const metadata: Metadata = { title: 'Lineage' }

export default function Page() {
  return (
    <Prefetched queries={[api.lineage.get.queryOptions({})]}>
      <LineagePage />
    </Prefetched>
  )
}
