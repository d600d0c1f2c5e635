/**
 * Why a pod has no node: kube-scheduler's filters in its order (run-filters.ts) over plain objects of the API server
 * (pod-facts.ts, cluster-facts.ts, storage-facts.ts), its message form and a comparison with what it said (message.ts),
 * its second look (preemption.ts), what would have to change (what-if.ts), and of nodes that fit what its score plugins
 * say (score/rank.ts). Modelled on Kubernetes 1.35.
 */
import type { Comparison, SchedulingExplanation } from '@fairlead/contracts/pod-why'
import { schedulingBuiltIns, type SchedulingBuiltIn } from '@fairlead/contracts/scheduling-scores'
import { pointsOf } from './extension-points'
import { readCluster, type ClusterFacts, type ClusterObjects } from './cluster-facts'
import { lastSaid } from './last-said'
import { compare, messageOf } from './message'
import { readPod, type PodFacts } from './pod-facts'
import { preemptionOf } from './preemption'
import { groupsOf, nodesPerGroup } from './refusal-groups'
import { evaluate, type Evaluation } from './run-filters'
import { rank } from './score/rank'
import { whatIfs } from './what-if'

export interface SchedulingQuestion {
  readonly pod: unknown
  /** null: the nodes may not be read. */
  readonly objects: ClusterObjects | null
  /** Events about the pod. */
  readonly events: readonly unknown[]
  /** Whether the reader may learn the names of pods there. */
  mayName(namespace: string): boolean
}

const builtInNames = Object.keys(schedulingBuiltIns) as SchedulingBuiltIn[]

const nothing = {
  message: '',
  nodeCount: 0,
  fitting: [],
  blockers: [],
  groups: [],
  comparison: { verdict: 'nothing_to_compare', differences: [], scheduler: null } satisfies Comparison,
  whatIfs: [],
  preemption: null,
  ranking: null,
}

/** Reasons before any filter: nothing is judged. */
function unjudged(pod: PodFacts): Pick<SchedulingExplanation, 'state' | 'words'> | null {
  if (pod.nodeName !== null) return { state: 'placed', words: `It runs on the node ${pod.nodeName}.` }
  if (pod.gates.length > 0)
    return {
      state: 'gated',
      words: `The scheduler does not look at it before its gates are removed: ${pod.gates.join(', ')}.`,
    }
  if (pod.schedulerName !== 'default-scheduler')
    return {
      state: 'not_modelled',
      words: `It waits for the scheduler ${pod.schedulerName}, whose rules are not modelled.`,
    }
  return pod.resourceClaims
    ? {
        state: 'not_modelled',
        words: 'It claims devices (resourceClaims), whose allocation is not modelled.',
      }
    : null
}

function verdictWords(evaluation: Evaluation, comparison: Comparison): string {
  const { blocked, fitting, refused } = evaluation
  if (blocked !== null) return blocked.words
  if (fitting.length > 0) {
    const nodes = fitting.length === 1 ? '1 node takes' : `${fitting.length} nodes take`
    return comparison.scheduler === null
      ? `${nodes} it as the cluster is now, and no scheduler has said anything of it yet.`
      : `${nodes} it as the cluster is now; the scheduler refused it when it last looked.`
  }
  if (refused.length === 0) return 'The cluster has no nodes.'
  const [first] = groupsOf(evaluation)
  const others = refused.length - (first?.count ?? 0)
  const rest = others === 0 ? '' : `; ${others} refuse it for other reasons`
  return `None of ${refused.length} nodes takes it: ${first?.count} because ${first?.nodes[0]?.reasons[0]?.words ?? ''}${rest}.`
}

type Explained = Omit<SchedulingExplanation, 'points' | 'builtIns'>

function judge(pod: PodFacts, cluster: ClusterFacts, said: Comparison['scheduler']): Explained {
  const evaluation = evaluate(pod, cluster)
  const { blocked, fitting } = evaluation
  const refused = fitting.length === 0 && cluster.nodes.length > 0
  const preemption = refused ? preemptionOf(pod, cluster, evaluation) : null
  const message = messageOf(cluster.nodes.length, evaluation)
  const comparison = compare(said, message, preemption?.message ?? null)
  return {
    state: fitting.length > 0 ? 'fits' : 'refused',
    words: verdictWords(evaluation, comparison),
    message,
    nodeCount: cluster.nodes.length,
    fitting: fitting.slice(0, nodesPerGroup).map(({ node }) => node.name),
    blockers: blocked === null ? [] : [blocked],
    groups: groupsOf(evaluation),
    comparison,
    whatIfs: refused ? whatIfs(pod, cluster, evaluation) : [],
    preemption: preemption?.words ?? null,
    ranking: fitting.length > 0 ? rank({ pod, cluster, fitting }) : null,
  }
}

/** Pure and total: objects with missing or absurd fields read as if those fields were absent. */
export function explainScheduling(question: SchedulingQuestion): SchedulingExplanation {
  const pod = readPod(question.pod)
  const explained = explain(question, pod)
  const foreign = explained.state === 'not_modelled' && pod.schedulerName !== 'default-scheduler'
  return {
    ...explained,
    points: explained.state === 'placed' ? [] : pointsOf({ ...explained, fits: fittingOf(explained) }),
    builtIns: foreign ? builtInNames : [],
  }
}

/** `fitting` is cut; what was not refused fits. */
const fittingOf = ({ nodeCount, groups }: Explained): number =>
  nodeCount - groups.reduce((sum, { count }) => sum + count, 0)

function explain(question: SchedulingQuestion, pod: PodFacts): Explained {
  const early = unjudged(pod)
  if (early !== null) return { ...nothing, ...early }
  const said = lastSaid(question.pod, question.events)
  if (question.objects === null)
    return {
      ...nothing,
      state: 'not_seen',
      words: said === null ? 'It has no node, and the nodes may not be read.' : said.message,
      comparison: { verdict: 'nothing_to_compare', differences: [], scheduler: said },
    }
  return judge(pod, readCluster(question.objects, pod, question.mayName), said)
}
