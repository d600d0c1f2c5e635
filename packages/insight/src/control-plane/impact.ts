import type {
  AffectedWorkload,
  ComponentImpact,
  ComponentSignal,
  ControlPlaneComponent,
  ControlPlaneEvidence,
} from '@fairlead/contracts/control-plane'
import { counted } from '../counted'

/** A workload as it was last seen. */
export interface SightWorkload {
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
  readonly application: string | null
  /** Pods wanted and there; null for kinds that don't count them. */
  readonly desired: number | null
  readonly current: number | null
  readonly generation: number | null
  readonly observedGeneration: number | null
}

/** A pod that waits, or that runs on a node that is silent. */
export interface SightPod {
  readonly namespace: string
  readonly name: string
  readonly application: string | null
  /** The workload it belongs to, as far as that is known. */
  readonly workload: { readonly kind: string; readonly name: string } | null
  readonly nodeName: string | null
  readonly createdAt: string
  /** Of a pod that waits: whether any scheduler has looked at it. */
  readonly scheduling: 'unseen' | 'refused' | 'done'
  readonly schedulerName: string
  readonly reason: string
}

export interface ClusterSight {
  readonly workloads: readonly SightWorkload[]
  readonly pods: readonly SightPod[]
  readonly now: Date
}

/** So long a healthy scheduler never leaves a pod without a word. */
const unseenForMs = 30_000
const mostListed = 50
export const defaultScheduler = 'default-scheduler'

const secondsSince = (at: string, now: Date): number =>
  Math.max(0, Math.round((now.getTime() - Date.parse(at)) / 1000))
const waiting = (sight: ClusterSight, scheduling: SightPod['scheduling']): SightPod[] =>
  sight.pods
    .filter(
      (pod) =>
        pod.scheduling === scheduling && pod.nodeName === null && pod.schedulerName === defaultScheduler,
    )
    .sort((left, right) => Date.parse(left.createdAt) - Date.parse(right.createdAt))

const ofPod = (pod: SightPod, words: string): AffectedWorkload => ({
  namespace: pod.namespace,
  kind: pod.workload?.kind ?? 'Pod',
  name: pod.workload?.name ?? pod.name,
  application: pod.application,
  words,
})
const ofWorkload = (workload: SightWorkload, words: string): AffectedWorkload => ({
  namespace: workload.namespace,
  kind: workload.kind,
  name: workload.name,
  application: workload.application,
  words,
})

/** One row per workload: the first pod's words, and how many more there are. */
function byWorkload(rows: readonly AffectedWorkload[]): AffectedWorkload[] {
  const groups = new Map<string, AffectedWorkload[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.namespace, row.kind, row.name])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          others.length === 0
            ? first
            : { ...first, words: `${first.words}; ${counted(others.length, 'more pod')}` },
        ],
  )
}

function drifted(workload: SightWorkload): string | null {
  const { desired, current, generation, observedGeneration } = workload
  if (generation !== null && observedGeneration !== null && observedGeneration < generation)
    return `its change (generation ${generation}) is not acted on: ${observedGeneration} is the last that was`
  if (desired !== null && current !== null && desired !== current)
    return `${current} of ${desired} pods, and nobody corrects it`
  return null
}

interface Reach {
  readonly now: string
  readonly affected: readonly AffectedWorkload[]
}

const everything = (sight: ClusterSight, what: string, words: string): Reach => ({
  now: `${counted(sight.workloads.length, 'workload')} here ${what}`,
  affected: sight.workloads.map((workload) => ofWorkload(workload, words)),
})

const reaches: Readonly<
  Record<ControlPlaneComponent, (sight: ClusterSight, evidence: ControlPlaneEvidence) => Reach>
> = {
  apiserver: (sight) =>
    everything(
      sight,
      'can be neither changed nor watched; they go on as they are.',
      'runs on, but cannot be managed',
    ),
  etcd: (sight) =>
    everything(
      sight,
      'can be neither read nor changed, and what was wanted of them is at stake.',
      'runs on; its desired state is at stake',
    ),
  scheduler: (sight) => {
    const pods = [...waiting(sight, 'unseen'), ...waiting(sight, 'refused')]
    const words = (pod: SightPod): string =>
      pod.scheduling === 'unseen'
        ? `pod ${pod.name} waits for ${secondsSince(pod.createdAt, sight.now)} s: nobody has looked at it`
        : `pod ${pod.name} was refused a node, and nobody tries again: ${pod.reason}`
    return {
      now:
        pods.length === 0
          ? 'No pod waits for a node yet; the next one will, for ever.'
          : `${counted(pods.length, 'pod')} will get no node until it is back.`,
      affected: byWorkload(pods.map((pod) => ofPod(pod, words(pod)))),
    }
  },
  'controller-manager': (sight) => {
    const affected = sight.workloads.flatMap((workload) => {
      const words = drifted(workload)
      return words === null ? [] : [ofWorkload(workload, words)]
    })
    return {
      now:
        affected.length === 0
          ? `All ${counted(sight.workloads.length, 'workload')} had what they wanted when last seen; from now on nothing brings back a pod that goes.`
          : `${counted(affected.length, 'workload')} differ${affected.length === 1 ? 's' : ''} from what is wanted, and nothing corrects that.`,
      affected,
    }
  },
  kubelet: (sight, { signals }) => {
    const silent = new Set(signals.filter(({ state }) => state === 'failing').map(({ what }) => what))
    const pods = sight.pods.filter(({ nodeName }) => nodeName !== null && silent.has(nodeName))
    return {
      now:
        pods.length === 0
          ? 'No pod that you may see runs there.'
          : `${counted(pods.length, 'pod')} run${pods.length === 1 ? 's' : ''} where nobody starts, restarts or probes them.`,
      affected: byWorkload(pods.map((pod) => ofPod(pod, `pod ${pod.name} is on ${pod.nodeName ?? ''}`))),
    }
  },
}

/** Proof of life: a lease can be renewed by a scheduler that looks at nothing. */
function withPods(evidence: ControlPlaneEvidence, sight: ClusterSight): ControlPlaneEvidence {
  if (evidence.component !== 'scheduler' || evidence.state === 'unknown') return evidence
  const [unseen] = waiting(sight, 'unseen')
  const [refused] = waiting(sight, 'refused')
  const told = (pod: SightPod): string =>
    `${pod.namespace}/${pod.name} for ${secondsSince(pod.createdAt, sight.now)} s`
  const stuck = unseen !== undefined && secondsSince(unseen.createdAt, sight.now) * 1000 > unseenForMs
  const signals: ComponentSignal[] = [
    {
      what: 'oldest pod nobody looked at',
      state: stuck ? 'failing' : 'ok',
      words: unseen === undefined ? 'none' : told(unseen),
    },
    {
      what: 'oldest pod looked at and refused',
      state: 'ok',
      words: refused === undefined ? 'none' : `${told(refused)}: ${refused.reason}`,
    },
  ]
  const all = { ...evidence, signals: [...evidence.signals, ...signals] }
  return stuck && evidence.state === 'ok'
    ? { ...all, state: 'failing', evidence: `It leads, but nobody has looked at pod ${told(unseen)}` }
    : all
}

/** Pure: what each component's state means now for the workloads in sight. */
export const impactsOf = (
  evidence: readonly ControlPlaneEvidence[],
  sight: ClusterSight,
): readonly ComponentImpact[] =>
  evidence.map((row) => {
    const judged = withPods(row, sight)
    const nothing = { now: null, affected: [], affectedTotal: 0, applications: [] }
    if (judged.state !== 'failing') return { ...judged, ...nothing }
    const { now, affected: reached } = reaches[judged.component](sight, judged)
    const theirs = reached.filter((row) => row.application !== null)
    const affected = [...theirs, ...reached.filter((row) => row.application === null)]
    const applications = affected.flatMap(({ application }) => application ?? [])
    return {
      ...judged,
      now,
      affected: affected.slice(0, mostListed),
      affectedTotal: affected.length,
      applications: [...new Set(applications)].sort(),
    }
  })
