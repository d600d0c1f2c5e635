import type { Metadata } from 'next'
import { askedOf } from '@/features/runs/run-filters'
import { RunsPage } from '@/features/runs/runs-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

export const metadata: Metadata = { title: 'Runs' }

type Search = Record<string, string | string[] | undefined>

export default async function Page({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams
  const one = (name: string) => (typeof search[name] === 'string' ? search[name] : null)
  return (
    <Prefetched queries={[api.run.list.queryOptions(askedOf(one)), api.workflow.list.queryOptions({})]}>
      <RunsPage />
    </Prefetched>
  )
}
