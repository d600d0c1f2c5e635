import { z } from 'zod'
import { clusterRefSchema, type ClusterIdentity } from './cluster'
import type { Freshness, Tone } from './freshness'
import { nameSchema } from './ids'
import type { WatchedKind } from './kinds'

const sideSchema = clusterRefSchema.extend({ namespace: nameSchema.optional() })

export const compareSchema = z
  .object({
    left: sideSchema,
    right: sideSchema,
    /** Only what this application applied. */
    application: nameSchema.optional(),
  })
  .refine(({ left, right }) => (left.namespace === undefined) === (right.namespace === undefined), {
    path: ['right', 'namespace'],
    message: 'expected a namespace on both sides, or on neither',
  })
  .refine(({ left, application }) => application === undefined || left.namespace !== undefined, {
    path: ['application'],
    message: 'expected a namespace on both sides with it',
  })

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
export const outcomes = {
  different: { word: 'differs', tone: 'progress' },
  left: { word: 'only left', tone: 'unknown' },
  right: { word: 'only right', tone: 'unknown' },
  equal: { word: 'equal', tone: 'ok' },
} as const satisfies Record<string, { word: string; tone: Tone }>
export type Outcome = keyof typeof outcomes
export const outcomeNames = Object.keys(outcomes) as Outcome[]

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
