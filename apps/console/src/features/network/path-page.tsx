'use client'

import type { NetworkFinding, NetworkPathView, NetworkRef } from '@fairlead/contracts/network'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { PageHeader } from '@fairlead/ui/page-header'
import { Skeleton } from '@fairlead/ui/skeleton'
import { TextLink } from '@fairlead/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { isStale } from '@/features/clusters/is-stale'
import { SourceMark } from '@/features/clusters/source-mark'
import { countsEveryMs, useClusterNamed } from '@/features/clusters/use-clusters'
import { useUrlParams } from '@/features/rollouts/url-param'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { useHotkey } from '@/features/shell/hotkeys'
import { toast } from '@/features/shell/toast'
import { copyForms } from '@/features/workloads/copy-forms'
import { objectHref } from '@/features/workloads/object-address'
import { FaultState } from '@/live/fault-state'
import { useLiveObjects } from '@/live/live-provider'
import { useTRPC } from '@/live/trpc'
import type { PathAddress } from './addresses'
import { FindingList } from './finding-list'
import { PathGraph } from './path-graph'
import { SeverityMark } from './severity-mark'

const heard = ['Service', 'Ingress', 'Gateway', 'HTTPRoute', 'EndpointSlice', 'NetworkPolicy', 'Pod'] as const
const noCluster = '00000000-0000-0000-0000-000000000000'

export function PathPage({ address }: { address: PathAddress }) {
  const { cluster, error: clusterError } = useClusterNamed(address.cluster)
  const { kind, namespace, name } = address
  const trpc = useTRPC()
  const query = useQuery(
    trpc.network.path.queryOptions(
      { cluster: cluster?.id ?? noCluster, kind, namespace, name },
      { enabled: cluster !== undefined, refetchInterval: countsEveryMs },
    ),
  )
  useLiveObjects({ kinds: heard, clusters: cluster ? [cluster.id] : [], namespace })
  const error = clusterError ?? query.error
  return (
    <>
      <TopbarCrumbs crumbs={[{ label: 'Network', href: '/network' }, { label: name }]} />
      {query.data ? (
        <Loaded view={query.data} address={address} />
      ) : error ? (
        <FaultState
          what={`The path of ${kind} ${name} could not be shown.`}
          where={cluster ? <ClusterMark cluster={cluster} /> : `Cluster ${address.cluster}`}
          error={error}
          right="inventory.view"
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      ) : (
        <PathSkeleton />
      )}
    </>
  )
}

const idOf = ({ kind, namespace, name }: NetworkRef): string => `${kind}/${namespace ?? ''}/${name}`

function Loaded({ view, address }: { view: NetworkPathView; address: PathAddress }) {
  const stale = isStale(view.cluster.freshness)
  const { findings } = view
  const { chosen, choose } = useChosen(findings)
  const router = useRouter()
  useHotkey('y', () => router.push(objectHref(address, 'yaml')), { description: 'YAML' })
  useHotkey('d', () => router.push(objectHref(address)), { description: 'The object itself' })
  const marked = chosen === null ? undefined : findings[chosen]?.object
  return (
    <>
      <PathHeader view={view} address={address} stale={stale} />
      {view.unread.length > 0 ? (
        <p className="mb-3 text-sm text-muted">
          Not read in this cluster: {view.unread.join(', ')}. What depends on them is not judged.
        </p>
      ) : null}
      <div className="flex min-w-0 flex-col gap-4">
        <PathGraph
          path={view}
          cluster={view.cluster.name}
          stale={stale}
          marked={marked === undefined ? null : idOf(marked)}
        />
        <section aria-label="What was found" className="min-w-0">
          <h2 className="mb-2 text-sm font-semibold">
            Findings <span className="font-normal text-muted">{findings.length}</span>
          </h2>
          <FindingList findings={findings} stale={stale} chosen={chosen} onChoose={choose} />
        </section>
      </div>
    </>
  )
}

/** Which finding is chosen is in the address, so that a colleague sees the same; j and k walk through them. */
function useChosen(findings: readonly NetworkFinding[]) {
  const [params, set] = useUrlParams()
  const wanted = Number(params.get('finding') ?? Number.NaN)
  const chosen = Number.isInteger(wanted) && wanted >= 1 && wanted <= findings.length ? wanted - 1 : null
  const choose = (index: number | null) => set({ finding: index === null ? null : String(index + 1) })
  const step = (by: number) => {
    if (findings.length === 0) return
    const next = chosen === null ? (by > 0 ? 0 : findings.length - 1) : chosen + by
    choose(Math.min(Math.max(next, 0), findings.length - 1))
  }
  useHotkey('j', () => step(1), { description: 'Next finding' })
  useHotkey('k', () => step(-1), { description: 'Previous finding' })
  return { chosen, choose }
}

function PathHeader({
  view,
  address,
  stale,
}: {
  view: NetworkPathView
  address: PathAddress
  stale: boolean
}) {
  const { kind, namespace, name } = address
  return (
    <PageHeader
      title={name}
      marks={<SeverityMark variant="pill" severity={view.findings[0]?.severity ?? null} stale={stale} />}
      description={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <TextLink href={objectHref(address)}>{kind}</TextLink>
          <ClusterMark cluster={view.cluster} />
          <TextLink href={`/network?cluster=${view.cluster.name}&namespace=${namespace}`}>
            {namespace}
          </TextLink>
        </span>
      }
      freshness={<SourceMark freshness={view.cluster.freshness} />}
      actions={
        <CopyAsMenu
          {...copyForms({ cluster: view.cluster.name, kind, namespace, name })}
          onCopied={(what) => toast.success(`Copied as ${what}`)}
        />
      }
    />
  )
}

function PathSkeleton() {
  return (
    <div role="status" aria-label="Loading the path" className="flex flex-col gap-4">
      <Skeleton className="h-7 w-72" />
      <Skeleton className="h-5 w-96 max-w-full" />
      <div className="h-48 rounded-lg border border-line bg-surface" />
      <div className="h-28 rounded-lg border border-line bg-surface" />
    </div>
  )
}
