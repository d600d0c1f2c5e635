import type { SchedulerScore } from '@fairlead/contracts/scheduling-scores'
import type { ClusterFacts, NodeState } from '../cluster-facts'
import type { PodFacts } from '../pod-facts'

export interface ScoreQuestion {
  readonly pod: PodFacts
  readonly cluster: ClusterFacts
  /** Nodes that passed every filter. */
  readonly fitting: readonly NodeState[]
}

/** One score from 0 to 100 for each node that fits, in their order; null: it has nothing to do with the pod. */
export interface ScorePlugin {
  readonly name: SchedulerScore
  score(question: ScoreQuestion): readonly number[] | null
}

export const maxScore = 100

/** The largest becomes 100, or 0 when fewer are better. Upstream: plugins/helper/normalize_score.go. */
export function normalised(counts: readonly number[], fewerAreBetter = false): readonly number[] {
  const most = Math.max(0, ...counts)
  return counts.map((count) => {
    const share = most === 0 ? 0 : Math.trunc((maxScore * count) / most)
    return fewerAreBetter ? maxScore - share : share
  })
}
