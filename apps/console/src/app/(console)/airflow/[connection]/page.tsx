import type { Metadata } from 'next'
import { Suspense } from 'react'
import { AirflowPage } from '@/features/airflow/airflow-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Airflow' }

export default async function Page({ params }: { params: Promise<{ connection: string }> }) {
  const { connection } = await params
  return (
    <Prefetched queries={[api.airflow.list.queryOptions({}), api.session.me.queryOptions({})]}>
      <Suspense>
        <AirflowPage connection={decodeURIComponent(connection)} />
      </Suspense>
    </Prefetched>
  )
}
