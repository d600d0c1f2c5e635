import type { ClusterCard } from '@fairlead/contracts/cluster'
import { AppLink } from '@fairlead/ui/app-link'
import { cn } from '@fairlead/ui/cn'
import { Progress } from '@fairlead/ui/progress'
import type { ReactNode } from 'react'
import { CapacityBar } from '@/features/clusters/capacity-bar'
import { clusterHref, ClusterMark } from '@/features/clusters/cluster-mark'
import { podParts, workloadParts } from '@/features/clusters/cluster-parts'
import { PartsBar } from '@/features/clusters/parts-bar'
import { bytesText, coresText } from '@/features/clusters/quantity'
import { isStale } from '@/features/clusters/is-stale'
import { SourceMark } from '@/features/clusters/source-mark'
import { labelsOf } from './fleet-filter'

/** One cluster at a glance. What has not been seen lately is grey, with its age in sight. */
export function FleetCard({ cluster }: { cluster: ClusterCard }) {
  const stale = isStale(cluster.freshness) && cluster.provisioning === null
  return (
    <article
      aria-label={cluster.name}
      className={cn(
        'group relative flex min-w-0 flex-col rounded-lg border border-line bg-surface transition-colors hover:border-line-strong',
        stale && 'border-dashed border-line-strong bg-sunken',
      )}
    >
      <header className="flex flex-col gap-1 px-4 pt-3">
        <AppLink
          href={clusterHref(cluster.name)}
          className="min-w-0 rounded-sm after:absolute after:inset-0 after:rounded-lg"
        >
          <ClusterMark cluster={cluster} href={null} />
        </AppLink>
        <p className="flex min-w-0 items-center gap-2 text-xs text-muted">
          <span className="shrink-0 font-mono">{cluster.version ?? 'version unknown'}</span>
          <span className="min-w-0 flex-1 truncate text-faint" title={labelsOf(cluster).join(' ')}>
            {labelsOf(cluster).join(' · ')}
          </span>
          {cluster.provisioning ? null : <SourceMark freshness={cluster.freshness} className="shrink-0" />}
        </p>
      </header>
      {cluster.provisioning ? (
        <Provisioning progress={cluster.provisioning} />
      ) : (
        <Figures cluster={cluster} stale={stale} />
      )}
    </article>
  )
}

function Figures({ cluster, stale }: { cluster: ClusterCard; stale: boolean }) {
  const { capacity, nodes } = cluster
  return (
    <div className={cn('flex flex-1 flex-col gap-3 px-4 pt-3 pb-4', stale && 'grayscale')}>
      <Row name="Workloads">
        <PartsBar label="Workloads" parts={workloadParts(cluster)} stale={stale} />
      </Row>
      <Row name="Pods">
        <PartsBar label="Pods" parts={podParts(cluster)} stale={stale} />
      </Row>
      <div className="mt-auto grid grid-cols-[auto_1fr_1fr] gap-4 border-t border-line pt-3 text-xs">
        <div className="min-w-12">
          <p className="mb-px text-muted">Nodes</p>
          {nodes === null ? (
            <p title="The credential may not list nodes" className="text-faint">
              Not permitted
            </p>
          ) : (
            <p title={`${nodes.ready} of ${nodes.total} nodes ready`}>
              <span className={cn('font-medium', nodes.ready < nodes.total && !stale && 'text-fail')}>
                {nodes.ready}
              </span>
              <span className="text-faint">/{nodes.total}</span> ready
            </p>
          )}
        </div>
        <CapacityBar label="CPU" used={capacity.cpuRequested} of={capacity.cpuAllocatable} text={coresText} />
        <CapacityBar
          label="Memory"
          used={capacity.memoryRequested}
          of={capacity.memoryAllocatable}
          text={bytesText}
        />
      </div>
    </div>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[4.5rem_1fr] gap-2">
      <span className="-mt-[5px] text-xs text-muted">{name}</span>
      {children}
    </div>
  )
}

function Provisioning({ progress }: { progress: NonNullable<ClusterCard['provisioning']> }) {
  const { step, message, percent } = progress
  return (
    <div className="flex flex-1 flex-col justify-center gap-2 px-4 py-6 text-sm" role="status">
      <p className="flex justify-between gap-3">
        <span className="font-medium text-progress">Coming up: {step}</span>
        {percent === null ? null : <span className="text-muted">{Math.round(percent)} %</span>}
      </p>
      <Progress label={step} value={percent ?? 0} max={100} />
      <p className="text-xs text-pretty text-muted">{message}</p>
    </div>
  )
}
