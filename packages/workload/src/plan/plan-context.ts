import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import type { Trial } from '@fairlead/contracts/strategy'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import type { ObjectIdentity } from '../manifest/object-key'

/** One cluster and namespace that a stage deploys to. */
export interface PlanTarget {
  readonly cluster: ClusterIdentity & { readonly uid: string }
  readonly namespace: string
  /** Every namespace of the cluster is a destination of the project: it may bring definitions of custom kinds. */
  readonly wholeCluster: boolean
  /** From 1; 0 in a stage without waves. */
  readonly wave: number
}

/** What a plan has to know of a trial: its steps, and what the stage runs meanwhile. */
export interface TrialWish {
  readonly trial: Trial
  readonly base: readonly KubeManifest[]
}

/** What a plan is made of, besides its targets. */
export interface PlanRelease {
  readonly digest: string
  /** Redacted, as stored. */
  readonly objects: readonly KubeManifest[]
  /** With Secret values, for the API server only. */
  readonly opened: readonly KubeManifest[]
}

export interface TargetContext {
  readonly client: KubeClient
  readonly target: PlanTarget
  readonly application: string
  readonly stage: string
  /** Back to an earlier release: what ran once does not run again. */
  readonly wayBack: boolean
  /** Tried beside what runs, before anything of it is applied. */
  readonly trial: TrialWish | null
  readonly fingerprint: (value: string) => string
  /** Objects of this stage that earlier releases applied there. */
  readonly earlier: readonly ObjectIdentity[]
}
