import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { parseObjectAddress } from '@/features/workloads/object-address'
import { ObjectPage } from '@/features/workloads/object-page'
import type { ObjectRef } from '@/features/workloads/object-ref'
import { Prefetched } from '@/server/prefetched'
import { api, queryClient } from '@/server/reader'

type Props = { params: Promise<{ cluster: string; kind: string; namespace: string; name: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: parseObjectAddress(await params)?.name ?? 'Not here' }
}

export default async function Page({ params }: Props) {
  const address = parseObjectAddress(await params)
  if (address === null) notFound()
  return (
    <Prefetched queries={await queriesOf(address)}>
      <ObjectPage address={address} />
    </Prefetched>
  )
}

/** Addresses name the cluster, calls want its id; where the fleet can't be read the browser shows why. */
async function queriesOf({
  cluster,
  kind,
  namespace,
  name,
}: NonNullable<ReturnType<typeof parseObjectAddress>>) {
  const fleet = api.fleet.get.queryOptions({})
  const known = await queryClient()
    .fetchQuery({ ...fleet, retry: false })
    .catch(() => null)
  const id = known?.clusters.find((each) => each.name === cluster)?.id
  if (id === undefined) return [fleet]
  const ref = { cluster: id, kind, namespace, name } as ObjectRef
  return [fleet, api.workload.get.queryOptions(ref)]
}
