import { z } from 'zod'
import { airflowConnectionRefSchema } from './airflow'
import type { ClusterIdentity } from './cluster'
import type { Freshness } from './freshness'
import { clusterIdSchema, nameSchema } from './ids'

/** One cluster's namespace, or `*` for all of it. */
export const podPlaceSchema = z.string().refine((text) => {
  const [cluster = '', namespace = '', ...more] = text.split('/')
  const named = nameSchema.safeParse(cluster).success
  return more.length === 0 && named && (namespace === '*' || nameSchema.safeParse(namespace).success)
}, 'expected cluster/namespace, or cluster/*')
export const setPodPlacesSchema = airflowConnectionRefSchema.extend({
  /** Empty: its pods may be anywhere. */
  places: z.array(podPlaceSchema).max(200),
})

/** A pod that Airflow made, as its cluster was last seen. */
export interface AirflowPodRow {
  readonly cluster: ClusterIdentity
  readonly namespace: string
  readonly name: string
  readonly uid: string
  /** kubectl's word. */
  readonly status: string
  /** `pending`, `running`, `failing` or `completed`. */
  readonly state: string
  readonly node: string | null
  /** Null: it does not say. */
  readonly tryNumber: number | null
  readonly createdAt: string
}
/** A quota of which something is used up: further pods may be refused there. */
export interface FullQuota {
  readonly cluster: ClusterIdentity
  readonly namespace: string
  readonly name: string
  readonly resources: readonly {
    readonly resource: string
    readonly used: string
    readonly hard: string
  }[]
}

/** What clusters know of one task instance, as far as the person may see them. */
export interface AirflowPods {
  /** Newest first, at most twenty. */
  readonly pods: readonly AirflowPodRow[]
  readonly cut: boolean
  /** In the namespaces that the connection names, or else in those of its DAG's pods. */
  readonly fullQuotas: readonly FullQuota[]
  /** Clusters that were looked into and are not known as they are now. */
  readonly notLive: readonly (ClusterIdentity & { readonly freshness: Freshness })[]
  /** How many clusters were looked into. */
  readonly clusters: number
  /** Whether the connection says where its pods run, so that no other place was looked into. */
  readonly narrowed: boolean
}

export const podOriginSchema = z.object({
  cluster: clusterIdSchema,
  namespace: z.string().min(1).max(63),
  pod: z.string().min(1).max(253),
})

/** What made the pod; `operator` is KubernetesPodOperator and its kin. */
export type PodMaker = 'executor' | 'operator'

/** One task instance of one connected Airflow. */
export interface PodOwner {
  readonly connection: string
  readonly dag: string
  readonly run: string
  readonly task: string
  readonly mapIndex: number
}

export interface PodOriginView {
  /** Null: no Airflow made this pod. */
  readonly made: {
    readonly by: PodMaker
    /** As the pod says, which may be shortened and carry a hash for what a label can't hold. */
    readonly dag: string
    readonly run: string | null
    readonly task: string
    readonly mapIndex: number
    readonly tryNumber: number | null
    readonly airflowVersion: string | null
  } | null
  /** In which connected Airflows there is such a task instance; of those alone that the person sees. */
  readonly owners: readonly PodOwner[]
  /** Connections that could not be asked, and why. */
  readonly silent: readonly { readonly connection: string; readonly reason: string }[]
}
