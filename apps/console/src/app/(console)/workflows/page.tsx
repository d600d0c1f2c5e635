import type { Metadata } from 'next'
import { WorkflowsPage } from '@/features/workflows/workflows-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

export const metadata: Metadata = { title: 'Workflows' }

export default function Page() {
  return (
    <Prefetched queries={[api.workflow.list.queryOptions({}), api.session.me.queryOptions({})]}>
      <WorkflowsPage />
    </Prefetched>
  )
}
