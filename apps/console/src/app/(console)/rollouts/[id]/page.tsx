import type { RolloutId } from '@fairlead/contracts/ids'
import type { Metadata } from 'next'
import { RolloutPage } from '@/features/rollouts/rollout-page'
import { api } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

export const metadata: Metadata = { title: 'Rollout' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return (
    <Prefetched queries={[api.rollout.get.queryOptions({ rollout: id as RolloutId })]}>
      <RolloutPage id={id} />
    </Prefetched>
  )
}
