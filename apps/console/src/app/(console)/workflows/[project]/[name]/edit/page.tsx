import type { Metadata } from 'next'
import { EditWorkflowPage } from '@/features/workflows/editor/edit-workflow-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

type Params = { params: Promise<{ project: string; name: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { name } = await params
  return { title: `Edit ${decodeURIComponent(name)}` }
}

export default async function Page({ params }: Params) {
  const parts = await params
  const [project, workflow] = [decodeURIComponent(parts.project), decodeURIComponent(parts.name)]
  return (
    <Prefetched queries={[api.workflow.get.queryOptions({ project, workflow })]}>
      <EditWorkflowPage project={project} workflow={workflow} />
    </Prefetched>
  )
}
