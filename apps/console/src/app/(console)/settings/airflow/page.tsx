import type { Metadata } from 'next'
import { Suspense } from 'react'
import { AirflowPage } from '@/features/settings/airflow/airflow-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Airflow' }

export default function Page() {
  return (
    <Prefetched queries={[api.session.me.queryOptions({}), api.airflow.list.queryOptions({})]}>
      <Suspense>
        <AirflowPage />
      </Suspense>
    </Prefetched>
  )
}
