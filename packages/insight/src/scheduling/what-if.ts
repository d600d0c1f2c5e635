import type { SchedulerFilter, WhatIf } from '@fairlead/contracts/pod-why'
import { nodeState, type ClusterFacts, type NodeState } from './cluster-facts'
import { selectorWords } from '../label-selector'
import type { PodFacts } from './pod-facts'
import { amountWords } from './requests'
import { evaluate, type Evaluation } from './run-filters'
import { taintWords, untolerated } from './taints'
import { isDisk } from './volume-filters'

interface Change {
  readonly words: string
  readonly pod: PodFacts
  readonly cluster: ClusterFacts
  /** Of the nodes that fit then, those that fit the words too. */
  narrow?(fitting: readonly NodeState[]): { readonly words: string; readonly nodes: readonly NodeState[] }
}
interface Case {
  readonly pod: PodFacts
  readonly cluster: ClusterFacts
  readonly evaluation: Evaluation
}

/** What is tried at most, so that the answer takes moments on a cluster of thousands of nodes. */
const mostTried = 40
const mostJudged = 60_000

function tolerating({ pod, cluster, evaluation }: Case): Change[] {
  const tainted = evaluation.refused.filter(({ reasons }) => reasons[0]?.code === 'TaintToleration')
  const sets = new Map(
    tainted.map(({ state }) => {
      const taints = untolerated(state.node.taints, pod.tolerations)
      return [taints.map(taintWords).join(', '), taints] as const
    }),
  )
  return [...sets].map(([words, taints]) => ({
    words: `it tolerated ${words}`,
    pod: {
      ...pod,
      tolerations: [...pod.tolerations, ...taints.map((taint) => ({ ...taint, operator: 'Equal' }))],
    },
    cluster,
  }))
}

const withNodes = (cluster: ClusterFacts, change: (state: NodeState) => NodeState): ClusterFacts => ({
  ...cluster,
  nodes: cluster.nodes.map(change),
})

const uncordoning = ({ pod, cluster }: Case): Change[] => [
  {
    words: 'the cordoned nodes were open again',
    pod,
    cluster: withNodes(cluster, (state) => ({ ...state, node: { ...state.node, cordoned: false } })),
  },
]

const selectingLess = ({ pod, cluster }: Case): Change[] => [
  ...pod.nodeSelector.map((dropped) => ({
    words: `it did not ask for a node with ${selectorWords([dropped])}`,
    pod: { ...pod, nodeSelector: pod.nodeSelector.filter((requirement) => requirement !== dropped) },
    cluster,
  })),
  ...(pod.nodeTerms === null
    ? []
    : [{ words: 'it had no required node affinity', pod: { ...pod, nodeTerms: null }, cluster }]),
]

const withoutPorts = ({ pod, cluster }: Case): Change[] => [
  { words: 'it asked for no host port', pod: { ...pod, ports: [] }, cluster },
]

const freeOf = ({ node, used }: NodeState, resource: string): number =>
  (node.allocatable.get(resource) ?? 0) - (used.get(resource) ?? 0)

/** The most that it could request: what is free where most is free, among the nodes that refuse it for nothing else. */
function requestingLess(pod: PodFacts, cluster: ClusterFacts, resource: string): Change {
  const needed = pod.requests.get(resource) ?? 0
  return {
    words: `it requested no ${resource}`,
    pod: { ...pod, requests: new Map([...pod.requests].filter(([name]) => name !== resource)) },
    cluster,
    narrow(fitting) {
      const most = Math.max(0, ...fitting.map((state) => freeOf(state, resource)))
      const less = amountWords(resource, needed - most)
      return {
        words: `it requested ${less} ${resource} less (${amountWords(resource, most)} instead of ${amountWords(resource, needed)})`,
        nodes: fitting.filter((state) => freeOf(state, resource) >= most),
      }
    },
  }
}

const roomForPods = (cluster: ClusterFacts): ClusterFacts =>
  withNodes(cluster, (state) => ({
    ...state,
    node: {
      ...state.node,
      allocatable: new Map([...state.node.allocatable, ['pods', state.pods.length + 1] as const]),
    },
  }))

function fittingResources({ pod, cluster, evaluation }: Case): Change[] {
  const short = evaluation.refused
    .flatMap(({ reasons }) => reasons)
    .filter(({ code }) => code === 'NodeResourcesFit')
    .map(({ details }) => String(details['resource']))
  return [...new Set(short)].map((resource) =>
    resource === 'pods'
      ? { words: 'the nodes took one more pod', pod, cluster: roomForPods(cluster) }
      : requestingLess(pod, cluster, resource),
  )
}

const withoutVolumes = ({ pod, cluster }: Case): Change[] =>
  pod.volumes
    .filter(({ claim, source }) => claim !== null || isDisk(source))
    .map((dropped) => ({
      words: `it did not use the ${dropped.claim === null ? `volume ${dropped.name}` : `claim ${dropped.claim}`}`,
      pod: { ...pod, volumes: pod.volumes.filter((volume) => volume !== dropped) },
      cluster,
    }))

const spreadingLess = ({ pod, cluster }: Case): Change[] =>
  pod.spread.map((dropped) => ({
    words: `its spread over ${dropped.topologyKey} were only wished for (ScheduleAnyway)`,
    pod: { ...pod, spread: pod.spread.filter((constraint) => constraint !== dropped) },
    cluster,
  }))

const lonelier = ({ pod, cluster }: Case): Change[] => [
  ...(pod.affinity.length === 0
    ? []
    : [{ words: 'it did not have to be beside other pods', pod: { ...pod, affinity: [] }, cluster }]),
  ...(pod.antiAffinity.length === 0
    ? []
    : [{ words: 'it did not keep away from other pods', pod: { ...pod, antiAffinity: [] }, cluster }]),
  {
    words: 'no other pod kept it away',
    pod,
    cluster: withNodes(cluster, ({ node, pods }) =>
      nodeState(
        node,
        pods.map((other) => ({ ...other, antiAffinity: [] })),
      ),
    ),
  },
]

const changesFor: Readonly<Record<SchedulerFilter, (of: Case) => Change[]>> = {
  NodeUnschedulable: uncordoning,
  NodeName: () => [],
  TaintToleration: tolerating,
  NodeAffinity: selectingLess,
  NodePorts: withoutPorts,
  NodeResourcesFit: fittingResources,
  VolumeRestrictions: withoutVolumes,
  NodeVolumeLimits: withoutVolumes,
  VolumeBinding: withoutVolumes,
  VolumeZone: withoutVolumes,
  PodTopologySpread: spreadingLess,
  InterPodAffinity: lonelier,
}

/** Only what refused something is worth dropping: a node behind another filter stays refused. */
function changes(of: Case): Change[] {
  const { blocked, refused } = of.evaluation
  const codes = new Set([
    ...(blocked === null ? [] : [blocked.code]),
    ...refused.flatMap(({ reasons }) => reasons.map(({ code }) => code)),
  ])
  const found = [...codes].flatMap((code) => changesFor[code](of))
  return [...new Map(found.map((change) => [change.words, change])).values()]
}

function judged(change: Change, evaluation: Evaluation, before = ''): WhatIf {
  const { words, nodes } = change.narrow?.(evaluation.fitting) ?? {
    words: change.words,
    nodes: evaluation.fitting,
  }
  const names = nodes.map(({ node }) => node.name)
  return { change: before + words, fits: names.length, nodes: names.slice(0, 5) }
}

/**
 * One constraint dropped at a time; where no single one helps, two. Each says on how many nodes the pod would fit.
 * A request is not dropped but made as small as it must be.
 */
export function whatIfs(pod: PodFacts, cluster: ClusterFacts, evaluation: Evaluation): readonly WhatIf[] {
  let left = Math.min(mostTried, Math.ceil(mostJudged / Math.max(1, cluster.nodes.length)))
  const attempt = (change: Change): Evaluation | null => {
    left -= 1
    return left < 0 ? null : evaluate(change.pod, change.cluster)
  }
  const singles = changes({ pod, cluster, evaluation }).map((change) => ({
    change,
    outcome: attempt(change),
  }))
  const helping = singles.flatMap(({ change, outcome }) =>
    outcome !== null && outcome.fitting.length > 0 ? [judged(change, outcome)] : [],
  )
  if (helping.length > 0) return helping.toSorted((a, b) => b.fits - a.fits)
  const pairs = singles.flatMap(({ change: first, outcome }) =>
    outcome === null
      ? []
      : changes({ pod: first.pod, cluster: first.cluster, evaluation: outcome }).flatMap((second) => {
          const both = attempt(second)
          return both !== null && both.fitting.length > 0
            ? [judged(second, both, `${first.words}, and `)]
            : []
        }),
  )
  return pairs.toSorted((a, b) => b.fits - a.fits).slice(0, 8)
}
