import type { NodeState } from '../cluster-facts'
import type { Requests } from '../requests'
import { maxScore, type ScorePlugin } from './score-plugin'

const resources = ['cpu', 'memory'] as const

/** What is allocatable and what would be requested with the pod there, of resources that the node has. */
const sharesOf = (node: NodeState, taken: (resource: string) => number) =>
  resources.flatMap((resource) => {
    const whole = node.node.allocatable.get(resource) ?? 0
    return whole === 0 ? [] : [{ whole, requested: taken(resource) }]
  })

const sumOf = (all: readonly Requests[], resource: string): number =>
  all.reduce((sum, requests) => sum + (requests.get(resource) ?? 0), 0)

/** Upstream: plugins/noderesources/least_allocated.go; containers without a request count with 100m and 200Mi. */
export const leastAllocatedScore: ScorePlugin = {
  name: 'NodeResourcesFit',
  score: ({ pod, fitting }) =>
    fitting.map((state) => {
      const all = [...state.pods, pod].map(({ preferences }) => preferences.requests)
      const shares = sharesOf(state, (resource) => sumOf(all, resource))
      const scores = shares.map(({ whole, requested }) =>
        requested > whole ? 0 : Math.trunc(((whole - requested) * maxScore) / whole),
      )
      return scores.length === 0
        ? 0
        : Math.trunc(scores.reduce((sum, score) => sum + score, 0) / scores.length)
    }),
}

/** Upstream: plugins/noderesources/balanced_allocation.go; a pod without requests is not scored. */
export const balancedScore: ScorePlugin = {
  name: 'NodeResourcesBalancedAllocation',
  score({ pod, fitting }) {
    if (resources.every((resource) => (pod.requests.get(resource) ?? 0) === 0)) return null
    return fitting.map((state) => {
      const shares = sharesOf(
        state,
        (resource) => (state.used.get(resource) ?? 0) + (pod.requests.get(resource) ?? 0),
      )
      const [first = 0, second] = shares.map(({ whole, requested }) => Math.min(1, requested / whole))
      const deviation = second === undefined ? 0 : Math.abs((first - second) / 2)
      return Math.trunc((1 - deviation) * maxScore)
    })
  },
}
