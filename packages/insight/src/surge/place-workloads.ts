import type { Unseen } from '@fairlead/contracts/pod-why'
import type { SurgePlacement } from '@fairlead/contracts/surge'
import type { ClusterFacts } from '../scheduling/cluster-facts'
import { preemptionOf } from '../scheduling/preemption'
import { groupsOf } from '../scheduling/refusal-groups'
import type { Evaluation } from '../scheduling/run-filters'
import { placePod, removePod } from './floor'
import type { Step } from './steps'
import { notModelled, type Updated } from './workload'

/** One judgement is one pod held against one node; more than this is not worth waiting for. */
const mostJudged = 150_000
const nodesShown = 20
const groupsShown = 5

const pods = (count: number): string => `${count} ${count === 1 ? 'pod' : 'pods'}`
const nth = (index: number): string => {
  const last = index % 10
  const teen = index % 100 >= 11 && index % 100 <= 13
  return `${index}${teen ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'}`
}

/** How far one workload got. */
interface Progress {
  readonly updated: Updated
  readonly wanted: number
  readonly on: Map<string, number>
  placed: number
  refusal: { readonly evaluation: Evaluation; readonly words: string | null } | null
  unknown: string | null
}

const begin = (updated: Updated): Progress => {
  const steps = [...updated.roll.burst, ...updated.roll.rest]
  return {
    updated,
    wanted: steps.filter(({ kind }) => kind === 'place').length,
    on: new Map(),
    placed: 0,
    refusal: null,
    unknown: updated.roll.tooMany === true ? updated.roll.words : notModelled(updated.pod(0)),
  }
}

interface Floor {
  cluster: ClusterFacts
  left: number
}

function take(floor: Floor, progress: Progress, step: Step): void {
  const { updated } = progress
  if (progress.refusal !== null || progress.unknown !== null) return
  if (step.kind === 'remove') {
    const name = updated.kind === 'StatefulSet' ? `${updated.name}-${step.ordinal}` : null
    const { namespace, selector } = updated
    floor.cluster = removePod(floor.cluster, { namespace, selector, name, node: step.node })
    return
  }
  floor.left -= floor.cluster.nodes.length
  if (floor.left < 0) {
    progress.unknown = `${pods(progress.placed)} of ${progress.wanted} have a place; the others were not tried, there are too many`
    return
  }
  const pod = updated.pod(step.ordinal)
  const placed = placePod(pod, floor.cluster, step.node)
  if (placed.node === null) {
    const freed =
      placed.evaluation.refused.length > 0 ? preemptionOf(pod, floor.cluster, placed.evaluation) : null
    progress.refusal = {
      evaluation: placed.evaluation,
      // A message stands for "evicting does not help".
      words: freed !== null && freed.message === null ? freed.words : null,
    }
    return
  }
  floor.cluster = placed.cluster
  progress.placed += 1
  progress.on.set(placed.node, (progress.on.get(placed.node) ?? 0) + 1)
}

function refusalWords({ placed, wanted, refusal }: Progress): string {
  const which = wanted === 1 ? 'the new pod' : `the ${nth(placed + 1)} of ${wanted} new pods`
  const evaluation = refusal?.evaluation
  if (evaluation === undefined) return ''
  if (evaluation.blocked !== null) return `${which} is refused: ${evaluation.blocked.words}`
  if (evaluation.refused.length === 0) return `${which} fits nowhere: the cluster has no nodes`
  const groups = groupsOf(evaluation, 1)
    .slice(0, 3)
    .map((group) => {
      const { count, nodes } = group
      const reason = nodes[0]?.reasons[0]?.words ?? ''
      return `${count} ${count === 1 ? 'node' : 'nodes'} because ${reason}`
    })
  const evicts = refusal?.words == null ? '' : ` ${refusal.words}`
  return `${which} fits nowhere: ${groups.join('; ')}.${evicts}`
}

interface Doubts {
  /** Who may add nodes by itself; null where nothing says that anybody does. */
  readonly mayGrow: string | null
  readonly unseen: readonly Unseen[]
}

function placementOf(progress: Progress, { mayGrow, unseen }: Doubts): SurgePlacement | null {
  const { wanted, placed, on, refusal, unknown } = progress
  if (wanted === 0 && unknown === null) return null
  const nodes = [...on]
    .map(([node, count]) => ({ node, pods: count }))
    .toSorted((left, right) => right.pods - left.pods || (left.node < right.node ? -1 : 1))
    .slice(0, nodesShown)
  const base = { wanted, placed, nodes, groups: [] }
  if (unknown !== null) return { ...base, verdict: 'unknown', words: unknown }
  if (refusal !== null) {
    const words = refusalWords(progress)
    const groups = groupsOf(refusal.evaluation, groupsShown).slice(0, groupsShown)
    return mayGrow === null
      ? { ...base, verdict: 'refused', words, groups }
      : { ...base, verdict: 'unknown', words: `${words} ${mayGrow}`, groups }
  }
  const names = nodes.slice(0, 4).map(({ node }) => node)
  const more = on.size > names.length ? ` and ${on.size - names.length} more` : ''
  const where = `${on.size === 1 ? 'node' : 'nodes'} ${names.join(', ')}${more}`
  const words = `${pods(placed)} on ${where}`
  const missing = unseen.map(({ what }) => what).join(', ')
  return missing === ''
    ? { ...base, verdict: 'fits', words }
    : { ...base, verdict: 'unknown', words: `${words} as far as can be seen, which is without ${missing}` }
}

/**
 * All workloads of a plan on one cluster: first what each starts at once, then each to its end, in the order of the
 * plan. A pod that has a place counts from then on, so that two workloads do not take the same room.
 */
export function placeWorkloads(
  workloads: readonly Updated[],
  cluster: ClusterFacts,
  doubts: Doubts,
): readonly (SurgePlacement | null)[] {
  const floor: Floor = { cluster, left: mostJudged }
  const all = workloads.map(begin)
  for (const progress of all) for (const step of progress.updated.roll.burst) take(floor, progress, step)
  for (const progress of all) for (const step of progress.updated.roll.rest) take(floor, progress, step)
  return all.map((progress) => placementOf(progress, doubts))
}
