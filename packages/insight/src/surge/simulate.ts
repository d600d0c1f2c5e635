/**
 * What an update needs at its peak: how each workload gets from what runs to what is wanted (steps.ts), what a pod of it
 * counts for once LimitRanges have filled it in (pod-template.ts, usage.ts), held against the quotas of the namespace
 * (quotas.ts), its ranges (limit-ranges.ts) and against the nodes, pod by pod, with the filters that explain a pending pod (place-workloads.ts).
 */
import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import type { Unseen } from '@fairlead/contracts/pod-why'
import type { SurgeAmount, SurgePlan, SurgeVerdict, SurgeWorkload } from '@fairlead/contracts/surge'
import { readCluster, type ClusterFacts, type ClusterObjects } from '../scheduling/cluster-facts'
import { readPod } from '../scheduling/pod-facts'
import { amountWords } from '../scheduling/requests'
import { boundsPods, judgeLimitRange } from './limit-ranges'
import { placeWorkloads } from './place-workloads'
import { countsPods, judgeQuota, type QuotaStep } from './quotas'
import { peakOf, type Step, type WorkloadChange } from './steps'
import { updatedWorkload, type Updated } from './workload'

export interface SurgeQuestion {
  readonly namespace: string
  readonly changes: readonly WorkloadChange[]
  /** null: the nodes may not be read. */
  readonly objects: ClusterObjects | null
  /** null: they may not be read. */
  readonly quotas: readonly unknown[] | null
  readonly limitRanges: readonly unknown[]
  readonly priorities: ReadonlyMap<string, number>
  /** Names of PersistentVolumeClaims that the plan holds. */
  readonly claims: readonly string[]
  /** Who may add nodes by itself; null where nothing says that anybody does. */
  readonly mayGrow: string | null
  /** What could not be read and may be in the way: with it, nothing is said to fit. */
  readonly unseen: readonly Unseen[]
  readonly applicationLabel: string
}

/** Every step of every workload, in the order in which they are simulated. */
function inOrder(workloads: readonly Updated[]): readonly { readonly of: Updated; readonly step: Step }[] {
  const part = (name: 'burst' | 'rest') =>
    workloads.flatMap((of) => of.roll[name].map((step) => ({ of, step })))
  return [...part('burst'), ...part('rest')]
}

const quotaSteps = (workloads: readonly Updated[]): readonly QuotaStep[] =>
  inOrder(workloads).map(({ of, step }) => {
    const workload = `${of.kind} ${of.name}`
    return step.kind === 'place'
      ? { sign: 1, spec: of.spec, usage: of.usage, workload }
      : { sign: -1, spec: of.oldSpec, usage: of.oldUsage, workload }
  })

function capacityOf(cluster: ClusterFacts, workloads: readonly Updated[]): readonly SurgeAmount[] {
  const steps = quotaSteps(workloads)
  return ['cpu', 'memory', 'pods'].map((resource) => {
    const total = (of: (state: ClusterFacts['nodes'][number]) => number): number =>
      cluster.nodes.reduce((sum, state) => sum + of(state), 0)
    const limit = total(({ node }) => node.allocatable.get(resource) ?? 0)
    const now = total(({ used, pods }) => (resource === 'pods' ? pods.length : (used.get(resource) ?? 0)))
    let [sum, most] = [now, now]
    for (const { sign, usage } of steps) {
      sum += sign * (resource === 'pods' ? 1 : (usage.requests.get(resource) ?? 0))
      most = Math.max(most, sum)
    }
    const words = (amount: number): string => amountWords(resource, amount)
    return { resource, now: words(now), peak: words(most), limit: words(limit), over: most > limit }
  })
}

function workloadOf(updated: Updated, placement: SurgeWorkload['placement']): SurgeWorkload {
  const { kind, name, roll, usage } = updated
  return {
    kind,
    name,
    now: roll.now,
    peak: roll.tooMany === true ? Math.max(roll.now, roll.after) : peakOf(roll),
    after: roll.after,
    words: roll.words,
    requests: [...usage.requests].map(([resource, amount]) => ({
      resource,
      amount: amountWords(resource, amount),
    })),
    placement,
  }
}

const worst = (verdicts: readonly SurgeVerdict[]): SurgeVerdict =>
  (['refused', 'unknown'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'fits'

type Judged = Required<Pick<SurgePlan, 'workloads' | 'quotas' | 'limitRanges'>>

function wordsOf(plan: Judged, quotasUnknown: boolean): string {
  const of = (verdict: SurgeVerdict): string[] => [
    ...plan.limitRanges
      .filter((range) => range.verdict === verdict)
      .map(({ name, words, owner }) => `LimitRange ${name} (owned by ${owner}): ${words}`),
    ...plan.quotas
      .filter((quota) => quota.verdict === verdict)
      .map(({ name, words, owner }) => `ResourceQuota ${name} (owned by ${owner}): ${words}`),
    ...plan.workloads
      .filter(({ placement }) => placement?.verdict === verdict)
      .map(({ kind, name, placement }) => `${kind} ${name}: ${placement?.words ?? ''}`),
  ]
  const unknown = [
    ...of('unknown'),
    ...(quotasUnknown ? ['the quotas of the namespace may not be read'] : []),
  ]
  const [said] = [of('refused'), unknown].filter((words) => words.length > 0)
  return said?.join('; ') ?? 'It fits: the quotas are kept, and every new pod has a node.'
}

function notesOf(workloads: readonly Updated[]): readonly string[] {
  const replaced = workloads.some(({ roll }) => roll.rest.length > 0)
  const volumes = workloads.some(({ spec, kind }) =>
    kind === 'StatefulSet'
      ? true
      : recordsIn(spec['volumes']).some(({ ephemeral }) => ephemeral !== undefined),
  )
  return [
    'The emptiest node takes a pod first; the scheduler weighs more than that, so pods may land on others.',
    ...(replaced
      ? ['A pod that ends slowly holds its room and its quota until it is gone; here it goes at once.']
      : []),
    ...(volumes ? ['Volumes that are made with their pods are not judged.'] : []),
  ]
}

const unknownNodes: NonNullable<SurgeWorkload['placement']> = {
  verdict: 'unknown',
  words: 'the nodes may not be read',
  wanted: 0,
  placed: 0,
  nodes: [],
  groups: [],
}

/** Pure and total; null when the plan starts no pod. */
export function simulateSurge(question: SurgeQuestion): SurgePlan | null {
  const { namespace, objects, quotas, changes } = question
  const first = readPod({ metadata: { namespace, uid: 'none' } })
  const cluster = objects === null ? null : readCluster(objects, first, (other) => other === namespace)
  const { limitRanges, priorities, claims } = question
  const workloads = changes.flatMap(
    (change) => updatedWorkload(change, { cluster, limitRanges, priorities, claims }) ?? [],
  )
  const moving = workloads.filter(
    ({ roll }) => roll.tooMany === true || [...roll.burst, ...roll.rest].some(({ kind }) => kind === 'place'),
  )
  if (moving.length === 0) return null
  const placements =
    cluster === null ? moving.map(() => unknownNodes) : placeWorkloads(moving, cluster, question)
  const steps = quotaSteps(moving)
  const judged = (quotas ?? [])
    .filter(countsPods)
    .map((quota) => judgeQuota(quota, steps, question.applicationLabel))
  const newPods = moving.map(({ spec, kind, name }) => ({ spec, workload: `${kind} ${name}` }))
  const ranges = limitRanges
    .filter(boundsPods)
    .map((range) => judgeLimitRange(range, newPods, question.applicationLabel))
  const shown = moving.map((updated, index) => workloadOf(updated, placements[index] ?? null))
  return {
    verdict: worst([
      ...[...judged, ...ranges].map(({ verdict }) => verdict),
      ...shown.map(({ placement }) => placement?.verdict ?? 'fits'),
      quotas === null ? 'unknown' : 'fits',
    ]),
    words: wordsOf({ workloads: shown, quotas: judged, limitRanges: ranges }, quotas === null),
    workloads: shown,
    quotas: judged,
    limitRanges: ranges,
    capacity: cluster === null ? [] : capacityOf(cluster, moving),
    unseen: question.unseen,
    notes: notesOf(moving),
  }
}

/** PriorityClasses by name. */
export const prioritiesOf = (classes: readonly unknown[]): ReadonlyMap<string, number> =>
  new Map(
    classes.map((each) => {
      const value = recordIn(each)['value']
      const name = textIn(recordIn(recordIn(each)['metadata'])['name'])
      return [name, typeof value === 'number' ? value : 0] as const
    }),
  )
