import type { Metadata } from 'next'
import { ClusterPage } from '@/features/clusters/cluster-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

type Props = { params: Promise<{ name: string }> }

const nameOf = async ({ params }: Props) => decodeURIComponent((await params).name)

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: await nameOf(props) }
}

export default async function Page(props: Props) {
  const name = await nameOf(props)
  return (
    <Prefetched
      queries={[
        api.cluster.get.queryOptions({ cluster: name }),
        api.cluster.controlPlane.queryOptions({ cluster: name }),
      ]}
    >
      <ClusterPage name={name} />
    </Prefetched>
  )
}
