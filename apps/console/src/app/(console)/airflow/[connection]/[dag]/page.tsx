import type { Metadata } from 'next'
import { Suspense } from 'react'
import { DagPage } from '@/features/airflow/dag-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

type Params = { params: Promise<{ connection: string; dag: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: decodeURIComponent((await params).dag) }
}

export default async function Page({ params }: Params) {
  const { connection, dag } = await params
  return (
    <Prefetched queries={[api.airflow.list.queryOptions({}), api.session.me.queryOptions({})]}>
      <Suspense>
        <DagPage place={{ connection: decodeURIComponent(connection), dag: decodeURIComponent(dag) }} />
      </Suspense>
    </Prefetched>
  )
}
