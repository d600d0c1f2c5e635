import type { Evidence } from '@fairlead/contracts/verdict'
import { podEvidence } from '@fairlead/kube/health/pod'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { conditionsOf } from './conditions'
import { kept, pick, type Kept } from './kept'
import { integerIn, recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import { podWords } from './pod-status'
import { effectiveRequests, isSidecar } from './resources'
import type { Condition, KindSummary } from './summarized'

/** How cards count pods. */
export type PodState = 'running' | 'pending' | 'failing' | 'completed'

export interface ContainerSummary {
  readonly name: string
  readonly image: string
  readonly ready: boolean
  readonly restarts: number
  readonly state: string
  /** Runs before the others; a sidecar does too, and goes on. */
  readonly init: boolean
}

export interface PodSummary {
  readonly phase: string
  readonly containers: readonly ContainerSummary[]
  readonly conditions: readonly Condition[]
  readonly evidence: readonly Evidence[]
  /** What its controller calls the version of its template. */
  readonly revision: string | null
  /** Who is to find a node for it. */
  readonly schedulerName: string
  /** Ports and readiness probes: what a Service asks of a pod. */
  readonly kept: Kept
}

/** Containers that go on while the pod runs: a sidecar counts as ready or not like the others. */
const servingContainers = (spec: Loose): readonly Loose[] =>
  [...recordsIn(spec['initContainers']).filter(isSidecar), ...recordsIn(spec['containers'])].map(
    (container) => pick(container, ['name', 'ports', 'readinessProbe']),
  )

function stateWords(status: Loose): string {
  const state = recordIn(status['state'])
  if (state['running'] !== undefined) return 'Running'
  if (state['terminated'] !== undefined) {
    const ended = recordIn(state['terminated'])
    return textIn(ended['reason']) || `ExitCode:${integerIn(ended['exitCode'])}`
  }
  return textIn(recordIn(state['waiting'])['reason']) || 'Waiting'
}

function containersOf(spec: Loose, status: Loose): readonly ContainerSummary[] {
  const read = (declared: unknown, statuses: unknown, init: boolean): ContainerSummary[] => {
    const seen = new Map(recordsIn(statuses).map((container) => [container['name'], container]))
    return recordsIn(declared).map((container) => {
      const live = seen.get(container['name']) ?? {}
      return {
        name: textIn(container['name']),
        image: textIn(container['image']),
        ready: live['ready'] === true,
        restarts: integerIn(live['restartCount']),
        state: stateWords(live),
        init: init && !isSidecar(container),
      }
    })
  }
  return [
    ...read(spec['initContainers'], status['initContainerStatuses'], true),
    ...read(spec['containers'], status['containerStatuses'], false),
  ]
}

/** Words that mean "not yet", not "broken". */
const starting = new Set(['', 'ContainerCreating', 'PodInitializing', 'Pending', 'SchedulingGated'])

export function podState(phase: string, words: string): PodState {
  if (phase === 'Succeeded') return 'completed'
  if (phase === 'Failed' || phase === 'Unknown' || words === 'Unknown') return 'failing'
  if (words === 'Terminating') return phase === 'Pending' ? 'pending' : 'running'
  if (words === 'Running' || words === 'NotReady' || words === 'Completed') return 'running'
  if (starting.has(words) || /^Init:\d+\/\d+$/.test(words)) return 'pending'
  return 'failing'
}

const imagesOf = (spec: Loose): readonly string[] =>
  recordsIn(spec['containers']).map(
    (container) => `${textIn(container['name'])}=${textIn(container['image'])}`,
  )

export function summarizePod(pod: KubeObject): KindSummary {
  const spec = recordIn(pod['spec'])
  const status = recordIn(pod['status'])
  const phase = textIn(status['phase'])
  const words = podWords(pod)
  const ended = phase === 'Succeeded' || phase === 'Failed'
  const requests = effectiveRequests(spec)
  const labels = pod.metadata.labels ?? {}
  const [firstIp] = recordsIn(status['podIPs'])
  const summary: PodSummary = {
    phase,
    containers: containersOf(spec, status),
    conditions: conditionsOf(status),
    evidence: podEvidence(pod),
    kept: kept(pod, { spec: { containers: servingContainers(spec) } }),
    revision: labels['pod-template-hash'] ?? labels['controller-revision-hash'] ?? null,
    schedulerName: textIn(spec['schedulerName']),
  }
  return {
    cells: {
      Ready: words.ready,
      Status: words.status,
      Restarts: String(words.restarts),
      IP: textIn(firstIp?.['ip']) || textIn(status['podIP']) || '<none>',
      Node: textIn(spec['nodeName']) || '<none>',
    },
    state: podState(phase, words.status),
    summary,
    images: imagesOf(spec),
    nodeName: textIn(spec['nodeName']) || null,
    cpuMillis: ended ? null : requests.cpuMillis,
    memoryBytes: ended ? null : requests.memoryBytes,
    restartedAt: words.restartedAt,
  }
}
