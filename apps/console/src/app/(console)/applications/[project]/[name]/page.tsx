import type { Metadata } from 'next'
import { ApplicationPage } from '@/features/applications/application-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

type Params = { params: Promise<{ project: string; name: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { name } = await params
  return { title: decodeURIComponent(name) }
}

export default async function Page({ params }: Params) {
  const parts = await params
  const [project, application] = [decodeURIComponent(parts.project), decodeURIComponent(parts.name)]
  return (
    <Prefetched queries={[api.application.get.queryOptions({ project, application })]}>
      <ApplicationPage project={project} application={application} />
    </Prefetched>
  )
}
