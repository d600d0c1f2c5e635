import type { Metadata } from 'next'
import { ApprovalsPage } from '@/features/approvals/approvals-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

export const metadata: Metadata = { title: 'Approvals' }

export default function Page() {
  return (
    <Prefetched
      queries={[
        api.approval.list.queryOptions({}),
        api.run.approvals.queryOptions({}),
        api.exception.list.queryOptions({}),
      ]}
    >
      <ApprovalsPage />
    </Prefetched>
  )
}
