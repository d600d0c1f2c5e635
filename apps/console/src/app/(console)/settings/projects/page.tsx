import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ProjectsPage } from '@/features/settings/projects-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Projects' }

export default function Page() {
  return (
    <Prefetched queries={[api.session.me.queryOptions({}), api.project.list.queryOptions({})]}>
      <Suspense>
        <ProjectsPage />
      </Suspense>
    </Prefetched>
  )
}
