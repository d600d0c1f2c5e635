import type { Metadata } from 'next'
import { NewWorkflowPage } from '@/features/workflows/editor/new-workflow-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

export const metadata: Metadata = { title: 'New workflow' }

export default function Page() {
  return (
    <Prefetched queries={[api.project.list.queryOptions({}), api.session.me.queryOptions({})]}>
      <NewWorkflowPage />
    </Prefetched>
  )
}
