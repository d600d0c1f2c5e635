import type { Metadata } from 'next'
import { Suspense } from 'react'
import { DagRunPage } from '@/features/airflow/run/dag-run-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

type Params = { params: Promise<{ connection: string; dag: string; run: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { dag, run } = await params
  return { title: `${decodeURIComponent(run)} of ${decodeURIComponent(dag)}` }
}

export default async function Page({ params }: Params) {
  const parts = await params
  const place = {
    connection: decodeURIComponent(parts.connection),
    dag: decodeURIComponent(parts.dag),
    run: decodeURIComponent(parts.run),
  }
  return (
    <Prefetched queries={[api.airflow.list.queryOptions({}), api.session.me.queryOptions({})]}>
      <Suspense>
        <DagRunPage place={place} />
      </Suspense>
    </Prefetched>
  )
}
