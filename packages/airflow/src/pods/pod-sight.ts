import type { AirflowPodRow, AirflowPods, FullQuota } from '@fairlead/contracts/airflow-pods'
import type { Actor } from '@fairlead/kernel/context'
import type { Pairs } from './pod-labels'

export interface PodWish {
  readonly labels: Pairs
  /** `cluster/namespace`, or `cluster/*`; empty: anywhere. */
  readonly places: readonly string[]
}
export type LabelledPod = Omit<AirflowPodRow, 'tryNumber'> & { readonly labels: Pairs }

/** What was seen of clusters, as far as `actor` may see them. An application wires it: this room knows no cluster. */
export interface PodSight {
  /** Newest first. */
  pods(actor: Actor, wish: PodWish): Promise<readonly LabelledPod[]>
  /** Null: none, or not theirs. */
  pod(
    actor: Actor,
    ref: { readonly cluster: string; readonly namespace: string; readonly pod: string },
    signal?: AbortSignal,
  ): Promise<{ readonly cluster: string; readonly labels: Pairs; readonly annotations: Pairs } | null>
  /** In these namespaces alone. */
  fullQuotas(actor: Actor, places: readonly string[]): Promise<readonly FullQuota[]>
  clusters(
    actor: Actor,
    places: readonly string[],
    now: Date,
  ): Promise<{ readonly count: number; readonly notLive: AirflowPods['notLive'] }>
}

/** Whether an Airflow whose pods run at `places` may have made a pod there. */
export const covers = (places: readonly string[], cluster: string, namespace: string): boolean =>
  places.length === 0 || places.includes(`${cluster}/*`) || places.includes(`${cluster}/${namespace}`)
