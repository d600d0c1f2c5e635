/** Whether a cluster can take its next minor version. `unknown` is not a pass. */
export type UpgradeState = 'ready' | 'blocked' | 'attention' | 'unknown'

export interface UpgradeEvidence {
  /** Where it is; null for what belongs to the whole cluster. */
  readonly namespace: string | null
  readonly words: string
}

export interface UpgradeCheck {
  readonly check:
    | 'deprecated-apis'
    | 'kubelet-skew'
    | 'drains'
    | 'single-replicas'
    | 'webhooks'
    /** Only of clusters that sign in through EKS. */
    | 'eks-insights'
  readonly title: string
  readonly state: UpgradeState
  readonly words: string
  readonly evidence: readonly UpgradeEvidence[]
}

export interface UpgradeView {
  readonly cluster: { readonly id: string; readonly name: string }
  readonly version: string | null
  readonly next: string | null
  readonly checks: readonly UpgradeCheck[]
  /** The worst of the checks. */
  readonly state: UpgradeState
  /** When the cluster was asked; null: not yet. */
  readonly at: string | null
}
