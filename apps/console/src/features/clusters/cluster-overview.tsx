import type { ClusterDetail, ControlPlaneEvidence } from '@fairlead/contracts/cluster'
import { Card } from '@fairlead/ui/card'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'
import { CapacityBar } from './capacity-bar'
import { podParts, workloadParts } from './cluster-parts'
import { PartsBar } from './parts-bar'
import { bytesText, coresText } from './quantity'
import { isStale } from './is-stale'
import { SourceMark } from './source-mark'

/** Is it alive, what does it hold, and how fresh is what we say. */
export function ClusterOverview({ detail }: { detail: ClusterDetail }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <ControlPlane components={detail.controlPlane} />
      <div className="flex min-w-0 flex-col gap-4">
        <Contents detail={detail} />
        <Sources sources={detail.sources} />
      </div>
    </div>
  )
}

const names: Record<ControlPlaneEvidence['component'], { name: string; role: string }> = {
  apiserver: { name: 'API server', role: 'where everything meets' },
  etcd: { name: 'etcd', role: 'store of desired state' },
  scheduler: { name: 'Scheduler', role: 'assigns pods to nodes' },
  'controller-manager': { name: 'Controller manager', role: 'runs the reconciliation loops' },
}
const looks: Record<ControlPlaneEvidence['state'], { tone: Tone; word: string }> = {
  ok: { tone: 'ok', word: 'Answers' },
  failing: { tone: 'failing', word: 'Failing' },
  unknown: { tone: 'unknown', word: 'Unknown' },
}

function ControlPlane({ components }: { components: readonly ControlPlaneEvidence[] }) {
  return (
    <Card
      flush
      title="Control plane"
      description="What each part does, how we know, and what its failure means"
    >
      {components.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">
          Not checked yet: the watcher has not reached this cluster.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {components.map((component) => (
            <Component key={component.component} component={component} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Component({ component }: { component: ControlPlaneEvidence }) {
  const { name, role } = names[component.component]
  const { tone, word } = looks[component.state]
  const failing = component.state === 'failing'
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[11rem_7rem_1fr]">
      <div>
        <p className="font-medium">{name}</p>
        <p className="text-xs text-muted">{role}</p>
      </div>
      <div>
        <StatusMark tone={tone} word={word} />
      </div>
      <div className="min-w-0 text-sm">
        <p className="break-words">{component.evidence}</p>
        <p className={failing ? 'text-fail' : 'text-muted'}>
          {failing ? '' : 'If it fails: '}
          {component.impact}
        </p>
        {component.checkedAt ? (
          <p className="text-xs text-faint">
            checked <RelativeTime at={component.checkedAt} />
          </p>
        ) : null}
      </div>
    </li>
  )
}

function Contents({ detail }: { detail: ClusterDetail }) {
  const { cluster } = detail
  const { capacity } = cluster
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
        <CapacityBar
          label="CPU requested of allocatable"
          used={capacity.cpuRequested}
          of={capacity.cpuAllocatable}
          text={coresText}
        />
        <CapacityBar
          label="Memory requested of allocatable"
          used={capacity.memoryRequested}
          of={capacity.memoryAllocatable}
          text={bytesText}
        />
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
          {sources.map((source) => (
            <li key={source.kind} className="flex h-8 items-center justify-between gap-3 px-4">
              <span className="truncate">{source.kind}</span>
              <SourceMark freshness={source} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
