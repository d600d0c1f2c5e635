import type { Metadata } from 'next'
import { ClusterPage } from '@/features/clusters/cluster-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

type Props = {
  params: Promise<{ name: string }>
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

const nameOf = async ({ params }: Props) => decodeURIComponent((await params).name)

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: await nameOf(props) }
}

export default async function Page(props: Props) {
  const cluster = await nameOf(props)
  const { tab } = await props.searchParams
  return (
    <Prefetched
      queries={[
        api.cluster.get.queryOptions({ cluster }),
        api.cluster.controlPlane.queryOptions({ cluster }),
        ...(tab === 'complexity' ? [api.cluster.complexity.queryOptions({ cluster })] : []),
        ...(tab === 'upgrade' ? [api.cluster.upgrade.queryOptions({ cluster })] : []),
      ]}
    >
      <ClusterPage name={cluster} />
    </Prefetched>
  )
}
