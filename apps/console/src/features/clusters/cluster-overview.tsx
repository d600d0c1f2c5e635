import type { ClusterDetail } from '@fairlead/contracts/cluster'
import { Card } from '@fairlead/ui/card'
import { podParts, workloadParts } from './cluster-parts'
import { ControlPlaneCard } from './control-plane-card'
import { PartsBar } from './parts-bar'
import { isStale } from './is-stale'
import { RequestedBars } from './requested-bars'
import { SourceMark } from './source-mark'
import { sourceRows } from './source-rows'

/** Is it alive, what does it hold, and how fresh is what we say. */
export function ClusterOverview({ detail }: { detail: ClusterDetail }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <ControlPlaneCard cluster={detail.cluster} />
      <div className="flex min-w-0 flex-col gap-4">
        <Contents detail={detail} />
        <Sources sources={detail.sources} />
      </div>
    </div>
  )
}

function Contents({ detail }: { detail: ClusterDetail }) {
  const { cluster } = detail
  const stale = isStale(cluster.freshness)
  return (
    <Card title="Contents" stale={stale}>
      <div className="flex flex-col gap-4">
        <div>
          <p className="mb-1.5 text-xs text-muted">Workloads</p>
          <PartsBar label="Workloads" parts={workloadParts(cluster)} stale={stale} />
        </div>
        <div>
          <p className="mb-1.5 text-xs text-muted">Pods</p>
          <PartsBar label="Pods" parts={podParts(cluster)} stale={stale} />
        </div>
        <RequestedBars of={cluster.capacity} />
      </div>
    </Card>
  )
}

function Sources({ sources }: Pick<ClusterDetail, 'sources'>) {
  return (
    <Card flush title="Sources" description="How fresh each kind is">
      {sources.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">Nothing is watched yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {sourceRows(sources).map(({ label, freshness }) => (
            <li key={label} className="flex h-8 items-center justify-between gap-3 px-4">
              <span className="truncate">{label}</span>
              <SourceMark freshness={freshness} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
