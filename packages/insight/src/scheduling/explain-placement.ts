import type { Placement, Ranking } from '@fairlead/contracts/scheduling-scores'
import { readCluster, type ClusterFacts, type ClusterObjects } from './cluster-facts'
import { pointsOf } from './extension-points'
import { readPod, type PodFacts } from './pod-facts'
import { evaluate, type Evaluation } from './run-filters'
import { rank } from './score/rank'

interface PlacementQuestion {
  readonly pod: unknown
  /** null: the nodes may not be read. */
  readonly objects: ClusterObjects | null
  mayName(namespace: string): boolean
}

function notHere({ refused, blocked }: Evaluation, node: string): string {
  const reasons = refused.find(({ state }) => state.node.name === node)?.reasons ?? []
  const why = blocked?.words ?? reasons.map(({ words }) => words).join('; ')
  return `As the cluster is now, ${node} would not take it${why === '' ? '' : `: ${why}`}. The scheduler chose it as the cluster was then.`
}

function chosenWords(node: string, { best, nodes, words }: Ranking): string {
  if (best.includes(node)) return words
  const own = nodes.find((each) => each.node === node)
  const first = nodes[0]
  return `As the cluster is now, ${first?.node ?? ''} would get ${first?.total ?? 0} and ${node} ${own?.total ?? 'less'}: the scheduler chose it as the cluster was then, or nobody asked the scheduler.`
}

function judge(pod: PodFacts, cluster: ClusterFacts, node: string): Placement {
  // Its own node and its own requests are what is asked about, not what stands in the way.
  const evaluation = evaluate({ ...pod, nodeName: null }, cluster)
  const { fitting } = evaluation
  const ranking = rank({ pod, cluster, fitting })
  const fits = fitting.some((state) => state.node.name === node)
  return {
    node,
    words: fits ? chosenWords(node, ranking) : notHere(evaluation, node),
    ranking,
    points: pointsOf({
      state: 'placed',
      groups: [],
      blockers: [],
      ranking,
      nodeCount: cluster.nodes.length,
      fits: fitting.length,
    }),
  }
}

/** Pure: why a pod is on its node, as far as the cluster as it is now tells; null for one without a node. */
export function explainPlacement(question: PlacementQuestion): Placement | null {
  const pod = readPod(question.pod)
  if (pod.nodeName === null) return null
  const unknown = (words: string): Placement => ({
    node: pod.nodeName ?? '',
    words,
    ranking: null,
    points: pointsOf({
      state: 'not_modelled',
      groups: [],
      blockers: [],
      ranking: null,
      nodeCount: 0,
      fits: 0,
    }),
  })
  if (pod.schedulerName !== 'default-scheduler')
    return unknown(`The scheduler ${pod.schedulerName} chose it, whose rules are not modelled.`)
  if (pod.resourceClaims)
    return unknown('It claims devices (resourceClaims), whose allocation is not modelled.')
  if (question.objects === null) return unknown('Why it is there is not known: the nodes may not be read.')
  return judge(pod, readCluster(question.objects, pod, question.mayName), pod.nodeName)
}
