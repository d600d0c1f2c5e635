import { termMatches } from '../node-affinity'
import { untoleratedPreferences } from '../taints'
import { maxScore, normalised, type ScorePlugin } from './score-plugin'

/** Upstream: plugins/tainttoleration, its Score. */
export const taintScore: ScorePlugin = {
  name: 'TaintToleration',
  score: ({ pod, fitting }) =>
    normalised(
      fitting.map(({ node }) => untoleratedPreferences(node.taints, pod.tolerations).length),
      true,
    ),
}

/** Upstream: plugins/nodeaffinity, its Score. */
export const nodeAffinityScore: ScorePlugin = {
  name: 'NodeAffinity',
  score({ pod, fitting }) {
    const { nodes } = pod.preferences
    if (nodes.length === 0) return null
    return normalised(
      fitting.map(({ node }) =>
        nodes.reduce((sum, { weight, term }) => sum + (termMatches(term, node) ? weight : 0), 0),
      ),
    )
  },
}

const mebi = 2 ** 20
const [leastBytes, mostBytesPerContainer] = [23 * mebi, 1_000 * mebi] as const

/** Upstream: plugins/imagelocality: bytes that are there, scaled down by how few nodes have the image. */
export const imageScore: ScorePlugin = {
  name: 'ImageLocality',
  score({ pod, cluster, fitting }) {
    const { images } = pod.preferences
    const holders = new Map(
      images.map((image) => [image, cluster.nodes.filter(({ node }) => node.images.has(image)).length]),
    )
    const most = mostBytesPerContainer * images.length
    return fitting.map(({ node }) => {
      const there = images.reduce((sum, image) => {
        const share = (holders.get(image) ?? 0) / cluster.nodes.length
        return sum + Math.trunc((node.images.get(image) ?? 0) * share)
      }, 0)
      const bytes = Math.min(Math.max(there, leastBytes), most)
      return images.length === 0 ? 0 : Math.trunc((maxScore * (bytes - leastBytes)) / (most - leastBytes))
    })
  },
}
