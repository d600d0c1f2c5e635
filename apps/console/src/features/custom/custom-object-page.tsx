'use client'

import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { TextLink } from '@fairlead/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { ClusterMark, clusterHref } from '@/features/clusters/cluster-mark'
import { SourceMark } from '@/features/clusters/source-mark'
import { useClusterNamed } from '@/features/clusters/use-clusters'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { useHotkey } from '@/features/shell/hotkeys'
import { toast } from '@/features/shell/toast'
import { YamlView } from '@/features/workloads/yaml-view'
import { alone } from '@/live/api-client'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { customHref, type CustomObjectAddress } from './addresses'
import { customCopyForms } from './custom-copy-forms'

/** One object of a custom kind, as its cluster holds it now. */
export function CustomObjectPage({ address }: { address: CustomObjectAddress }) {
  const { cluster, definition, namespace, name } = address
  const query = useQuery(useTRPC().custom.yaml.queryOptions(address, { trpc: alone }))
  const askAgain = () => void query.refetch()
  useHotkey('r', askAgain, { description: 'Read it again' })
  const kind = query.data?.kind
  const known = useClusterNamed(cluster).cluster ?? query.data?.cluster
  return (
    <>
      <TopbarCrumbs
        crumbs={[
          { label: 'Clusters', href: '/clusters' },
          { label: cluster, href: clusterHref(cluster) },
          { label: kind?.kind ?? definition, href: customHref(address) },
          { label: name },
        ]}
      />
      <PageHeader
        title={name}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <TextLink href={customHref(address)}>{kind?.kind ?? definition}</TextLink>
            {known ? <ClusterMark cluster={known} /> : <span>{cluster}</span>}
            {namespace === null ? null : (
              <TextLink href={`${customHref(address)}?namespace=${encodeURIComponent(namespace)}`}>
                {namespace}
              </TextLink>
            )}
            {kind ? (
              <span className="font-mono text-xs">
                {kind.group}/{kind.version}
              </span>
            ) : null}
          </span>
        }
        freshness={known ? <SourceMark freshness={known.freshness} /> : undefined}
        actions={
          <CopyAsMenu
            {...customCopyForms(address, kind)}
            onCopied={(what) => toast.success(`Copied as ${what}`)}
          />
        }
      />
      {query.error ? (
        <div className="mb-3">
          <FaultState
            what={
              query.data
                ? 'The cluster could not be asked again; what is shown is its last answer.'
                : `${name} could not be read from the cluster.`
            }
            where={`Cluster ${cluster}`}
            error={query.error}
            right="inventory.view"
            onRetry={askAgain}
            retrying={query.isFetching}
          />
        </div>
      ) : null}
      {query.data ? (
        <YamlView yaml={query.data.yaml} at={query.data.at} />
      ) : query.error ? null : (
        <SkeletonRows
          rows={14}
          label="Reading the object from its cluster"
          className="rounded-lg border border-line bg-surface"
        />
      )}
    </>
  )
}
