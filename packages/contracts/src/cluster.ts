import { z } from 'zod'
import { actAsSchema, type ActAs } from './acting'
import { accessShape, hasOneWay, oneWay } from './cluster-access'
import type { ControlPlaneEvidence } from './control-plane'
import type { Freshness } from './freshness'
import { clusterIdSchema, nameSchema } from './ids'
import type { UsageSample, UsageSource } from './usage'
import { maxNamespaces, namespacePattern } from './watched-namespaces'

export const environmentSchema = z.enum(['production', 'staging', 'development'])
export type Environment = z.infer<typeof environmentSchema>

export const clusterLabelsSchema = z.record(z.string().min(1).max(63), z.string().max(63))

export const namespacesSchema = z
  .array(z.string().regex(namespacePattern, 'the name of a namespace'))
  .max(
    maxNamespaces,
    `at most ${maxNamespaces} namespaces; for more, let it list and watch the whole cluster (infra/rbac/fairlead-console.yaml)`,
  )

export const registerClusterSchema = z
  .object({
    ...accessShape,
    name: nameSchema,
    environment: environmentSchema.default('development'),
    labels: clusterLabelsSchema.default({}),
    /** Where the credential may not read the whole cluster: the namespaces that it may read. */
    namespaces: namespacesSchema.default([]),
  })
  .refine(hasOneWay, oneWay)
export const clusterRefSchema = z.object({ cluster: z.union([clusterIdSchema, nameSchema]) })
export const setActingSchema = clusterRefSchema.extend({ actAs: actAsSchema })
export const setClusterNamespacesSchema = clusterRefSchema.extend({ namespaces: namespacesSchema })
export const rotateClusterSchema = z
  .object({ ...accessShape, ...clusterRefSchema.shape })
  .refine(hasOneWay, oneWay)

/** What identifies a cluster on every screen. */
export interface ClusterIdentity {
  readonly id: string
  readonly name: string
  readonly environment: Environment
  /** One of the eight identity colours, 0–7, fixed at registration. */
  readonly colour: number
}

/** In order. `aws` (whom AWS takes us for) and `eks` (what it says of the cluster) are for EKS alone. */
export const checkStepNames = [
  'aws',
  'eks',
  'dns',
  'tcp',
  'tls',
  'auth',
  'version',
  'identity',
  'rights',
] as const
export interface CheckStep {
  readonly step: (typeof checkStepNames)[number]
  readonly passed: boolean
  readonly message: string
  readonly durationMs: number
}
export interface ConnectionCheck {
  readonly passed: boolean
  readonly steps: readonly CheckStep[]
  readonly version: string | null
  /** The identity of the cluster: UID of kube-system, or UIDs of namespaces where that may not be read. */
  readonly uid: string | null
}

export interface SourceFreshness extends Freshness {
  readonly kind: string
  /** null: in the whole cluster. */
  readonly namespace: string | null
}

/** Counts are of what the viewer may see. Capacity in millicores and bytes. */
export interface ClusterCard extends ClusterIdentity {
  readonly server: string
  readonly version: string | null
  readonly labels: Readonly<Record<string, string>>
  readonly freshness: Freshness
  /** Set while a local cluster is still being brought up by `fairlead up`. */
  readonly provisioning: {
    readonly step: string
    readonly message: string
    readonly percent: number | null
  } | null
  /** null: the credential may not read them. */
  readonly nodes: { readonly total: number; readonly ready: number } | null
  readonly pods: Readonly<Record<'running' | 'pending' | 'failing' | 'completed', number>>
  readonly workloads: Readonly<Record<'converged' | 'converging' | 'degraded', number>>
  readonly capacity: {
    readonly cpuAllocatable: number
    readonly cpuRequested: number
    readonly memoryAllocatable: number
    readonly memoryRequested: number
  }
  readonly registeredAt: string
}

export interface NodeRow {
  readonly uid: string
  readonly name: string
  readonly status: string
  readonly roles: string
  readonly version: string
  readonly internalIp: string
  readonly osImage: string
  readonly containerRuntime: string
  readonly createdAt: string
  readonly pods: number
  readonly podsAllocatable: number
  readonly cpuAllocatable: number
  readonly cpuRequested: number
  readonly memoryAllocatable: number
  readonly memoryRequested: number
  /** null: no sample of this node, which is not a use of 0. */
  readonly usage: UsageSample | null
  readonly taints: readonly string[]
  readonly conditions: readonly {
    readonly type: string
    readonly status: string
    readonly reason: string
    readonly message: string
  }[]
}

export interface ClusterDetail {
  readonly cluster: ClusterCard
  readonly actAs: ActAs
  /** The only ones that are watched; none = all. */
  readonly watchedNamespaces: readonly string[]
  readonly sources: readonly SourceFreshness[]
  readonly nodes: readonly NodeRow[]
  readonly namespaces: readonly {
    readonly name: string
    /** null, as the time is, for one that is known by what was seen in it alone: namespaces may not be listed. */
    readonly status: string | null
    readonly createdAt: string | null
    readonly pods: number
    readonly workloads: number
  }[]
  readonly controlPlane: readonly ControlPlaneEvidence[]
  /** Whether the cluster says what its nodes use; null: not asked yet. */
  readonly usage: UsageSource | null
  readonly credential: { readonly kind: string; readonly version: number; readonly rotatedAt: string } | null
}
