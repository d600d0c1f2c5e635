import type { ClusterIdentity } from './cluster'
import type { Freshness } from './freshness'
import type { WatchedKind } from './kinds'

// Apart from compare.ts because browsers need these tables and must not pay for the schemas.

/**
 * What people write into a namespace, in the order in which it counts where there is too much of it. What controllers
 * make of it (ReplicaSets, Pods, EndpointSlices, Jobs of CronJobs) says nothing of its own.
 */
export const comparedKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Service',
  'Ingress',
  'Gateway',
  'HTTPRoute',
  'ReferenceGrant',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'HorizontalPodAutoscaler',
  'ResourceQuota',
  'PersistentVolumeClaim',
  'ServiceAccount',
  'ConfigMap',
  'Secret',
] as const satisfies readonly WatchedKind[]
export type ComparedKind = (typeof comparedKinds)[number]

/** What is true of one object of two sides, worst first. */
export const outcomeNames = ['different', 'left', 'right', 'equal'] as const
export type Outcome = (typeof outcomeNames)[number]

/** One field; null where it is not set. Text is written as YAML would be, everything else as JSON. */
export interface Difference {
  /** `spec.template.spec.containers[web].image` */
  readonly path: string
  readonly left: string | null
  readonly right: string | null
}

export interface ComparedObject {
  /** A watched kind, or the part of a cluster that is compared. */
  readonly kind: string
  readonly name: string
  readonly outcome: Outcome
  readonly differences: readonly Difference[]
  /** Differences beyond those listed. */
  readonly more: number
}

export interface ComparedSide {
  readonly cluster: ClusterIdentity & { readonly freshness: Freshness }
  readonly namespace: string | null
}

export interface ComparisonView {
  readonly left: ComparedSide
  readonly right: ComparedSide
  readonly application: string | null
  /** Namespaces are read from the clusters; clusters are compared as they were last seen. */
  readonly read: 'live' | 'stored'
  readonly objects: readonly ComparedObject[]
  readonly counts: Readonly<Record<Outcome, number>>
  /** What could not be compared, and why. */
  readonly leftOut: readonly string[]
  readonly at: string
}

type Sides = Pick<ComparisonView, 'left' | 'right'>

/** `staging/shop`; of a cluster as a whole its name. */
export const sideName = ({ cluster, namespace }: ComparedSide): string =>
  namespace === null ? cluster.name : `${cluster.name}/${namespace}`

/** What `count` objects of an outcome are, between these two sides. */
export function outcomeWords({ left, right }: Sides, outcome: Outcome, count: number): string {
  const words: Readonly<Record<Outcome, string>> = {
    different: count === 1 ? 'differs' : 'differ',
    left: `only in ${sideName(left)}`,
    right: `only in ${sideName(right)}`,
    equal: 'equal',
  }
  return words[outcome]
}

/** `3 differ, 1 only in staging/shop, 12 equal`. */
export function summaryOf(view: Sides & Pick<ComparisonView, 'counts'>): string {
  const said = outcomeNames
    .filter((outcome) => view.counts[outcome] > 0)
    .map((outcome) => `${view.counts[outcome]} ${outcomeWords(view, outcome, view.counts[outcome])}`)
  return said.length === 0 ? 'Neither side has anything to compare' : said.join(', ')
}

export const hasDifferences = ({ counts }: Pick<ComparisonView, 'counts'>): boolean =>
  counts.different + counts.left + counts.right > 0
