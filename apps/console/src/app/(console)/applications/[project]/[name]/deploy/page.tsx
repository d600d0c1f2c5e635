import type { ApplicationDetail } from '@fairlead/contracts/application'
import type { ReleaseId } from '@fairlead/contracts/ids'
import type { Metadata } from 'next'
import { baseOf } from '@/features/deploy/base-release'
import { containersOf } from '@/features/deploy/containers'
import { containersKey } from '@/features/deploy/containers-key'
import { DeployPage } from '@/features/deploy/deploy-page'
import { api, ask, queryClient } from '@/server/reader'
import { Prefetched } from '@/server/prefetched'

type Params = { params: Promise<{ project: string; name: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { name } = await params
  return { title: `Deploy ${decodeURIComponent(name)}` }
}

export default async function Page({ params }: Params) {
  const parts = await params
  const [project, application] = [decodeURIComponent(parts.project), decodeURIComponent(parts.name)]
  const asked = api.application.get.queryOptions({ project, application })
  // A refusal is left to the browser to show.
  const detail = await queryClient()
    .fetchQuery({ ...asked, retry: false })
    .catch(() => undefined)
  return (
    <Prefetched queries={[asked, ...containersOfLast(detail)]}>
      <DeployPage project={project} application={application} />
    </Prefetched>
  )
}

/** Read here, so that the browser needs no YAML parser to show which images can be changed. */
function containersOfLast(detail: ApplicationDetail | undefined) {
  const base = detail && baseOf(detail)
  if (!base) return []
  const queryFn = async () =>
    containersOf((await ask('rollout.manifests', { release: base.id as ReleaseId })).yaml)
  return [{ queryKey: containersKey(base.id), queryFn }]
}
