import type { Metadata } from 'next'
import { Suspense } from 'react'
import { AirflowPage } from '@/features/airflow/airflow-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Airflow' }

/** Airflow itself is asked by the browser: it may be silent, and the page has to show all the same. */
export default function Page() {
  return (
    <Prefetched queries={[api.airflow.list.queryOptions({}), api.session.me.queryOptions({})]}>
      <Suspense>
        <AirflowPage connection={null} />
      </Suspense>
    </Prefetched>
  )
}
