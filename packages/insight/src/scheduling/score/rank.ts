import type { NodeScore, Ranking } from '@fairlead/contracts/scheduling-scores'
import { schedulerScores } from '@fairlead/contracts/scheduling-scores'
import { imageScore, nodeAffinityScore, taintScore } from './nodes'
import { podAffinityScore } from './pods'
import { balancedScore, leastAllocatedScore } from './resources'
import type { ScorePlugin, ScoreQuestion } from './score-plugin'
import { spreadScore } from './spread'

/** Upstream: pkg/scheduler/apis/config/v1/default_plugins.go of Kubernetes 1.35, those of it that score. */
const plugins: readonly ScorePlugin[] = [
  taintScore,
  nodeAffinityScore,
  leastAllocatedScore,
  spreadScore,
  podAffinityScore,
  balancedScore,
  imageScore,
]

const mostShown = 50
/** From here on it looks at a share of the nodes only. Upstream: schedule_one.go minFeasibleNodesToFind. */
const allLookedAt = 100

function scoreAll(question: ScoreQuestion): readonly NodeScore[] {
  const given = plugins.flatMap((plugin) => {
    const scores = plugin.score(question)
    return scores === null ? [] : [{ name: plugin.name, scores }]
  })
  return question.fitting.map(({ node }, index) => {
    const scores = Object.fromEntries(given.map(({ name, scores: all }) => [name, all[index] ?? 0]))
    const total = given.reduce(
      (sum, { name, scores: all }) => sum + schedulerScores[name].weight * (all[index] ?? 0),
      0,
    )
    return { node: node.name, total, scores }
  })
}

function rankingWords(best: readonly string[], nodes: readonly NodeScore[]): string {
  const [first, second] = nodes
  if (first === undefined) return 'No node fits.'
  if (best.length > 1)
    return `${best.length} nodes share the highest score, ${first.total}: the scheduler takes one of them by chance.`
  return `${first.node} has the highest score, ${first.total}; the next is ${second?.node ?? ''} with ${second?.total ?? 0}.`
}

/** Pure: what the scheduler's default plugins say of the nodes that fit. */
export function rank(question: ScoreQuestion): Ranking {
  const [only, ...others] = question.fitting
  if (only === undefined) return { nodes: [], best: [], words: 'No node fits.' }
  if (others.length === 0)
    return {
      nodes: [],
      best: [only.node.name],
      words: `Only ${only.node.name} fits, so nothing is scored.`,
    }
  const nodes = scoreAll(question).toSorted(
    (left, right) => right.total - left.total || (left.node < right.node ? -1 : 1),
  )
  const best = nodes.filter(({ total }) => total === nodes[0]?.total).map(({ node }) => node)
  const share =
    question.cluster.nodes.length < allLookedAt
      ? ''
      : ' In a cluster of this size it scores only as many nodes as it needs, so another may be taken.'
  return { nodes: nodes.slice(0, mostShown), best, words: rankingWords(best, nodes) + share }
}
