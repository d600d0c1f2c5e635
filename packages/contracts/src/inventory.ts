import { z } from 'zod'
import type { ClusterIdentity } from './cluster'
import type { Freshness } from './freshness'
import { clusterIdSchema } from './ids'
import { watchedKindNames, type WatchedKind } from './kinds'
import type { CreationRefusal } from './pod-why'
import type { Verdict, VerdictState } from './verdict'

export {
  columnsOf,
  kindOfWord,
  watchedKindNames,
  watchedKinds,
  workloadKinds,
  type WatchedKind,
} from './kinds'

export const listObjectsSchema = z.object({
  kinds: z.array(z.enum(watchedKindNames)).min(1),
  clusters: z.array(clusterIdSchema).default([]),
  namespace: z.string().max(63).optional(),
  /** Case-insensitive substring of namespace/name. */
  search: z.string().max(200).optional(),
  labels: z.record(z.string(), z.string()).default({}),
  ownerUid: z.string().optional(),
  /** Only workloads with this verdict. */
  state: z.string().optional(),
  limit: z.number().int().min(1).max(50_000).default(5_000),
})
export const objectRefSchema = z.object({
  cluster: clusterIdSchema,
  kind: z.enum(watchedKindNames),
  namespace: z.string().max(63).nullable().default(null),
  name: z.string().min(1).max(253),
})

/**
 * One object of any kind in one list over all clusters.
 * `cells` are kubectl's columns by kubectl's names, in `columnsOf[kind]` order, ages left out (they tick in the browser).
 */
export interface ObjectRow {
  readonly uid: string
  readonly clusterId: string
  readonly kind: WatchedKind
  readonly namespace: string | null
  readonly name: string
  readonly createdAt: string
  readonly observedAt: string
  readonly cells: Readonly<Record<string, string>>
  /** Verdict of a workload; null for other kinds. */
  readonly verdict: Pick<Verdict, 'state' | 'message' | 'replicas'> | null
  /** Images of the pod template or pod, `name=ref`. */
  readonly images: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly ownerUid: string | null
  /** Of a pod that restarted: when its newest container ended last, for kubectl's `3 (5m ago)`. */
  readonly restartedAt?: string
}

export interface ObjectList {
  readonly rows: readonly ObjectRow[]
  /** True when `limit` cut the list. */
  readonly truncated: boolean
  readonly total: number
  readonly clusters: readonly (ClusterIdentity & { readonly freshness: Freshness })[]
  /** Where the kinds that were asked for may not be read: what is not known there is not none. */
  readonly denied: readonly DeniedSource[]
}

export interface DeniedSource {
  readonly clusterId: string
  readonly kind: string
  /** null: everywhere. */
  readonly namespace: string | null
  /** The right that is missing, in the API server's words. */
  readonly message: string | null
}

export interface EventRow {
  readonly uid: string
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly objectKind: string
  readonly objectName: string
  readonly namespace: string
  /** A lower bound: sources aggregate. */
  readonly count: number
  readonly firstAt: string
  readonly lastAt: string
  readonly source: string
}

export interface RevisionRow {
  readonly uid: string
  readonly name: string
  readonly revision: string
  readonly current: boolean
  readonly replicas: number
  readonly ready: number
  readonly desired: number
  readonly images: readonly string[]
  readonly createdAt: string
}

export interface PodRow extends ObjectRow {
  readonly containers: readonly {
    readonly name: string
    readonly image: string
    readonly ready: boolean
    readonly restarts: number
    readonly state: string
    readonly init: boolean
  }[]
  readonly nodeName: string | null
  readonly revision: string | null
}

export interface WorkloadDetail {
  readonly row: ObjectRow
  readonly cluster: ClusterIdentity & { readonly freshness: Freshness }
  readonly verdict: Verdict
  readonly revisions: readonly RevisionRow[]
  readonly pods: readonly PodRow[]
  readonly events: readonly EventRow[]
  readonly strategy: string
  readonly selector: Readonly<Record<string, string>>
  readonly conditions: readonly {
    readonly type: string
    readonly status: string
    readonly reason: string
    readonly message: string
    readonly since: string | null
  }[]
  /** Why its pods are not even made; null when nothing refuses them. */
  readonly creation: CreationRefusal | null
  /** The Fairlead application that applied it, when one did. */
  readonly managedBy: {
    readonly application: string
    readonly project: string
    readonly stage: string
    readonly rolloutId: string
  } | null
  readonly episodes: readonly Episode[]
}

/** A span in which actual differed from desired: opened by a change or a departure, closed by convergence. */
export interface Episode {
  readonly openedAt: string
  readonly closedAt: string | null
  readonly reason: string
  readonly durationMs: number | null
}

export const logQuerySchema = objectRefSchema.extend({
  container: z.string().optional(),
  previous: z.boolean().default(false),
  tailLines: z.number().int().min(1).max(5_000).default(200),
  /** Only lines after this ISO time. */
  since: z.iso.datetime().optional(),
})
export interface LogLine {
  readonly pod: string
  readonly container: string
  /** From the kubelet; null when the line carried none. */
  readonly at: string | null
  readonly text: string
}

export type VerdictFilter = VerdictState
