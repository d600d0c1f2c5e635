import type { PlannedTrial, Trial } from '@fairlead/contracts/strategy'
import type { WorkloadChange } from '@fairlead/insight/surge/steps'
import { isFairleadError } from '@fairlead/contracts/errors'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { getObject } from '@fairlead/kube/objects'
import { identityOf, wordsOf } from '../manifest/object-key'
import { belongsTo } from '../plan/own-labels'
import type { PlanRelease, TargetContext } from '../plan/plan-context'
import { servicesOf, sideName, triedDeployments, type TrialPair } from './side'
import { countIn } from './split'
import { routesTo } from './traffic'
import { trialObjects } from './trial-objects'
import { podsFor, shareOf } from './weights'

export interface TrialPreview {
  readonly planned: readonly PlannedTrial[]
  /** The pods of its largest step, for the simulation: they stay until the release has converged. */
  readonly changes: readonly WorkloadChange[]
  readonly blockers: readonly string[]
  readonly warnings: readonly string[]
}

export const noTrial: TrialPreview = { planned: [], changes: [], blockers: [], warnings: [] }

/** What the steps of a trial put beside what runs on one target now. */
export async function planTargetTrial(context: TargetContext, release: PlanRelease): Promise<TrialPreview> {
  const wish = context.trial
  if (wish === null) return noTrial
  const tried = { trial: wish.trial, pair: { release: release.objects, base: wish.base } }
  const parts = await Promise.all(
    triedDeployments(tried.pair).map((object) => planDeployment(context, tried, object)),
  )
  return {
    planned: parts.flatMap(({ planned }) => planned),
    changes: parts.flatMap(({ changes }) => changes),
    blockers: parts.flatMap(({ blockers }) => blockers),
    warnings: [...parts.flatMap(({ warnings }) => warnings), ...untried(parts, context.target.namespace)],
  }
}

interface Tried {
  readonly pair: TrialPair
  readonly trial: Trial
}

async function planDeployment(
  context: TargetContext,
  { pair, trial }: Tried,
  object: KubeManifest,
): Promise<TrialPreview> {
  const { client, target } = context
  const identity = { ...identityOf(object), namespace: target.namespace }
  const workload = object.metadata.name
  const beside = sideName(workload, trial.side)
  const [stable, taken] = await Promise.all([
    getObject(client, identity).catch(unreadable),
    getObject(client, { ...identity, name: beside }).catch(unreadable),
  ])
  const stablePods = stable === null ? 0 : countIn(stable, 'spec', 'replicas', 1)
  if (stablePods === 0) return noTrial
  const steps = trial.steps.map(({ weight }) => {
    const pods = podsFor(trial.traffic, weight, stablePods)
    return { weight, pods, actual: trial.traffic === 'pods' ? shareOf(pods, stablePods) : weight }
  })
  const pods = { [workload]: Math.max(...steps.map((step) => step.pods)) }
  const made = trialObjects({ trial, pair, opened: pair.release, pods, weight: 0 })
  const own = pair.release.some(({ kind, metadata }) => kind === 'Deployment' && metadata.name === beside)
  const named = wordsOf({ kind: 'Deployment', name: beside })
  return {
    planned: [{ workload, beside, stablePods, steps }],
    changes: made
      .filter(({ kind }) => kind === 'Deployment')
      .map((after) => ({ before: null, after: placed(after, target.namespace), templateChanged: false })),
    blockers: [
      ...(own ? [`${named} is what would stand beside; the release may not hold it as well.`] : []),
      ...(taken !== null && !belongsTo(taken, context)
        ? [`${named} is what would stand beside, and is there already as somebody else's.`]
        : []),
      ...unmoved({ pair, trial }, object),
    ],
    warnings: trial.traffic === 'pods' ? beyondHalf(workload, steps) : [],
  }
}

const placed = (object: KubeManifest, namespace: string): KubeManifest => ({
  ...object,
  metadata: { ...object.metadata, namespace },
})

/** Without anything that moves the traffic to it, it would be tried by nobody. */
function unmoved({ pair, trial }: Tried, deployment: KubeManifest): string[] {
  if (trial.traffic === 'pods') return []
  const named = wordsOf(identityOf(deployment))
  const services = servicesOf(pair, deployment)
  if (services.length === 0)
    return [`No Service of both releases selects ${named}, so no traffic can be moved.`]
  const routed = trial.traffic === 'service' || services.some((service) => routesTo(pair, service).length > 0)
  return routed
    ? []
    : [`No HTTPRoute of the verified release leads to ${named}, so no weight can be given to it.`]
}

const untried = (parts: readonly TrialPreview[], namespace: string): string[] =>
  parts.some(({ planned }) => planned.length > 0)
    ? []
    : [`Nothing is tried first: no Deployment in ${namespace} runs with other pods than the release has.`]

function beyondHalf(workload: string, steps: PlannedTrial['steps']): string[] {
  const beyond = steps.filter(({ weight }) => weight > 50)
  return beyond.length === 0
    ? []
    : [
        `Canary of ${workload}: ${beyond.map(({ weight }) => `${weight}%`).join(', ')} can't be reached by pods alone, since the old side keeps all of its own; it gets 50%.`,
      ]
}

/** What may not be read is told by the dry run of the same object. */
function unreadable(error: unknown): null {
  if (isFairleadError(error) && (error.code === 'cluster_denied' || error.code === 'not_found')) return null
  throw error
}
