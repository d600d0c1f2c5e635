import type { ApprovalItem, RolloutSummary } from './rollout'
import type { ClusterCard } from './cluster'

export interface FleetView {
  readonly clusters: readonly ClusterCard[]
}

/** The last hour across everything the viewer may see. */
export interface ActivityView {
  readonly rollouts: readonly RolloutSummary[]
  readonly waitingForMe: readonly Pick<ApprovalItem, 'rollout' | 'stage' | 'requestedAt'>[]
}
