import { z } from 'zod'
import type { ClusterIdentity } from './cluster'
import type { Freshness } from './freshness'
import { clusterIdSchema } from './ids'
import type { FindingSeverity, NetworkFindingCode } from './network-findings'

/** Where traffic comes in, and what a path is asked for. */
export const entryKinds = ['Ingress', 'Gateway', 'HTTPRoute', 'Service'] as const
export type EntryKind = (typeof entryKinds)[number]

export const networkPathSchema = z.object({
  cluster: clusterIdSchema,
  kind: z.enum(entryKinds),
  namespace: z.string().min(1).max(63),
  name: z.string().min(1).max(253),
})
export const networkFindingsSchema = z
  .object({
    clusters: z.array(clusterIdSchema).max(500).default([]),
    namespace: z.string().min(1).max(63).optional(),
  })
  .default({ clusters: [] })

export interface NetworkRef {
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
}

export interface NetworkFinding {
  readonly code: NetworkFindingCode
  readonly severity: FindingSeverity
  readonly object: NetworkRef
  /** What is wrong, naming what it was found by. */
  readonly words: string
  /** What to do about it. */
  readonly fix: string
}

/** From left to right. */
export const networkLayers = ['entry', 'route', 'service', 'slice', 'pod'] as const
export type NetworkLayer = (typeof networkLayers)[number]

export interface NetworkNode {
  readonly id: string
  readonly layer: NetworkLayer
  readonly ref: NetworkRef
  /** Hosts, ports, addresses: what tells it from its neighbours. */
  readonly words: string
  /** It is named by the path and does not exist. */
  readonly missing: boolean
  readonly severity: FindingSeverity | null
}

export interface NetworkLink {
  readonly from: string
  readonly to: string
  readonly words: string
  /** Traffic ends here. */
  readonly broken: boolean
}

export interface NetworkPath {
  readonly nodes: readonly NetworkNode[]
  readonly links: readonly NetworkLink[]
  /** Worst first. */
  readonly findings: readonly NetworkFinding[]
}

export interface NetworkPathView extends NetworkPath {
  readonly cluster: ClusterIdentity & { readonly freshness: Freshness }
  readonly ref: NetworkRef
  /** Kinds that this cluster's credential may not read: their findings are missing, not absent. */
  readonly unread: readonly string[]
}

/** One line of the list of entries. */
export interface NetworkItem {
  readonly clusterId: string
  readonly kind: EntryKind
  readonly namespace: string
  readonly name: string
  readonly createdAt: string
  /** Hosts of an entry, ports of a Service. */
  readonly words: string
  readonly worst: NetworkFinding | null
  readonly counts: Readonly<Record<FindingSeverity, number>>
}

export interface NetworkList {
  readonly items: readonly NetworkItem[]
  readonly clusters: readonly (ClusterIdentity & { readonly freshness: Freshness })[]
}
