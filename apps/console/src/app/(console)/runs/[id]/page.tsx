import type { RunId } from '@fairlead/contracts/ids'
import type { Metadata } from 'next'
import { RunPage } from '@/features/runs/run-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

export const metadata: Metadata = { title: 'Run' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return (
    <Prefetched queries={[api.run.get.queryOptions({ run: id as RunId })]}>
      <RunPage id={id} />
    </Prefetched>
  )
}
