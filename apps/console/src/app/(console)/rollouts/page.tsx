import type { Metadata } from 'next'
import { askedOf } from '@/features/rollouts/rollouts-asked'
import { RolloutsPage } from '@/features/rollouts/rollouts-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

export const metadata: Metadata = { title: 'Rollouts' }

type Search = Record<string, string | string[] | undefined>

export default async function Page({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams
  const one = (name: string) => (typeof search[name] === 'string' ? search[name] : null)
  return (
    <Prefetched queries={[api.rollout.list.queryOptions(askedOf(one))]}>
      <RolloutsPage />
    </Prefetched>
  )
}
