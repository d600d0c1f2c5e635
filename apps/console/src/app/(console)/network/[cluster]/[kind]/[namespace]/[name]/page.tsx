import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { parsePathAddress, type PathAddress } from '@/features/network/addresses'
import { PathPage } from '@/features/network/path-page'
import { Prefetched } from '@/server/prefetched'
import { api, queryClient } from '@/server/reader'

type Props = { params: Promise<{ cluster: string; kind: string; namespace: string; name: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const address = parsePathAddress(await params)
  return { title: address === null ? 'Not here' : `Path of ${address.name}` }
}

export default async function Page({ params }: Props) {
  const address = parsePathAddress(await params)
  if (address === null) notFound()
  return (
    <Prefetched queries={await queriesOf(address)}>
      <PathPage address={address} />
    </Prefetched>
  )
}

/** Addresses name the cluster, calls want its id; where the fleet can't be read the browser shows why. */
async function queriesOf({ cluster, kind, namespace, name }: PathAddress) {
  const fleet = api.fleet.get.queryOptions({})
  const known = await queryClient()
    .fetchQuery({ ...fleet, retry: false })
    .catch(() => null)
  const id = known?.clusters.find((each) => each.name === cluster)?.id
  if (id === undefined) return [fleet]
  return [fleet, api.network.path.queryOptions({ cluster: id, kind, namespace, name })]
}
