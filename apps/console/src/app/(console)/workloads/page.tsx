import { kindOfWord } from '@fairlead/contracts/kinds'
import type { Metadata } from 'next'
import { WorkloadsPage } from '@/features/workloads/workloads-page'
import { firstPage } from '@/features/workloads/first-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Workloads' }

type Props = { searchParams: Promise<{ kind?: string | string[] }> }

export default async function Page({ searchParams }: Props) {
  const { kind } = await searchParams
  const wanted = kindOfWord(typeof kind === 'string' ? kind : '') ?? 'Deployment'
  return (
    <Prefetched queries={[api.fleet.get.queryOptions({}), api.object.list.queryOptions(firstPage(wanted))]}>
      <WorkloadsPage />
    </Prefetched>
  )
}
