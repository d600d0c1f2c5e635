'use client'

import type { CustomObjectPage } from '@fairlead/contracts/custom-objects'
import { Button } from '@fairlead/ui/button'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { PageHeader } from '@fairlead/ui/page-header'
import { FileCode, RotateCw } from 'lucide-react'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { SourceMark } from '@/features/clusters/source-mark'
import { useClusterNamed } from '@/features/clusters/use-clusters'
import { toast } from '@/features/shell/toast'
import { objectHref } from '@/features/workloads/object-address'
import type { CustomKindAddress } from './addresses'
import { customCopyForms } from './custom-copy-forms'

type CustomHeaderProps = {
  address: CustomKindAddress
  /** Undefined until the cluster has answered once. */
  first: CustomObjectPage | undefined
  onAskAgain: () => void
  asking: boolean
}

export function CustomHeader({ address, first, onAskAgain, asking }: CustomHeaderProps) {
  const { cluster, definition } = address
  const kind = first?.kind
  // The answer is of its time; how the cluster is now is told by what is watched.
  const known = useClusterNamed(cluster).cluster ?? first?.cluster
  return (
    <PageHeader
      title={kind?.kind ?? definition}
      description={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {known ? <ClusterMark cluster={known} /> : <span>{cluster}</span>}
          {kind ? <KindFacts kind={kind} /> : null}
        </span>
      }
      freshness={known ? <SourceMark freshness={known.freshness} /> : undefined}
      actions={
        <>
          <Button
            href={objectHref({
              cluster,
              kind: 'CustomResourceDefinition',
              namespace: null,
              name: definition,
            })}
            icon={<FileCode aria-hidden />}
          >
            Definition
          </Button>
          <CopyAsMenu
            {...customCopyForms(address, kind)}
            onCopied={(what) => toast.success(`Copied as ${what}`)}
          />
          <Button icon={<RotateCw aria-hidden />} onClick={onAskAgain} loading={asking}>
            Refresh
          </Button>
        </>
      }
    />
  )
}

function KindFacts({ kind }: Pick<CustomObjectPage, 'kind'>) {
  const also = kind.otherVersions.length === 0 ? '' : `, also served: ${kind.otherVersions.join(', ')}`
  return (
    <>
      <span>
        <span className="font-mono text-xs">
          {kind.group}/{kind.version}
        </span>
        {also}
      </span>
      <span>{kind.namespaced ? 'In namespaces' : 'Cluster-wide'}</span>
    </>
  )
}
