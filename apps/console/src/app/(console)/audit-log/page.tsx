import type { Metadata } from 'next'
import { Suspense } from 'react'
import { AuditLogPage } from '@/features/audit-log/audit-log-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Audit log' }

export default function Page() {
  return (
    <Prefetched queries={[api.session.me.queryOptions({}), api.project.list.queryOptions({})]}>
      <Suspense>
        <AuditLogPage />
      </Suspense>
    </Prefetched>
  )
}
