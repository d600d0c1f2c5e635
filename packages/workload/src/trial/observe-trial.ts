import { isMetric, trialOf, type Measurement, type Trial, type TrialStep } from '@fairlead/contracts/strategy'
import type { ClusterClients } from '@fairlead/kube/cluster-clients'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeManifest, KubeObject } from '@fairlead/kube/kube-object'
import { getObject } from '@fairlead/kube/objects'
import { hashOf } from '../manifest/digest'
import { identityOf, wordsOf } from '../manifest/object-key'
import { placeIn } from '../manifest/place'
import { labelOf } from '../plan/own-labels'
import { isSettled } from '../rollout/judge'
import type { Observation, StageObservation, TargetLive, TargetObservation } from '../rollout/observation'
import { reached } from '../rollout/observe-target'
import { absentWorkload, observeWorkload } from '../rollout/observe-workload'
import { loginFor } from '../source/login'
import { measured, nextMeasureAt } from './analysis'
import type { ObserveDeps } from './metric-source'
import { countIn, splitOf } from './split'
import { triedDeployments, type TrialPair } from './side'
import { firstStep } from './steps'
import { trafficOf } from './traffic'
import { trialObjects } from './trial-objects'
import { podsFor } from './weights'

interface Request {
  readonly target: TargetObservation
  readonly application: string
  readonly rolloutId: string
  readonly releaseId: string
  readonly pair: TrialPair
  readonly trial: Trial
  readonly stage: StageObservation
  readonly now: Date
}

export const currentStep = ({ spec, steps }: StageObservation): TrialStep | undefined =>
  trialOf(spec.strategy)?.steps[(steps ?? firstStep).at]

/** What stands beside on one target, and what share of the traffic it has. */
export async function observeTrial(clusters: ClusterClients, request: Request): Promise<TargetObservation> {
  const { target } = request
  const seen = await reached(clusters, target.clusterId, (client) => look(client, request))
  return 'reachable' in seen ? { ...target, live: seen } : { ...target, ...seen }
}

interface Seen {
  readonly manifest: KubeManifest
  readonly live: KubeObject | null
}

const see = async (client: KubeClient, manifest: KubeManifest): Promise<Seen> => ({
  manifest,
  live: await getObject(client, identityOf(manifest)),
})

async function look(client: KubeClient, request: Request) {
  const { target, pair, trial, stage } = request
  const weight = currentStep(stage)?.weight ?? 0
  const place = (objects: readonly KubeManifest[]) => placeIn(objects, target.namespace)
  const stable = await Promise.all(place(triedDeployments(pair)).map((object) => see(client, object)))
  // What doesn't run here, or was scaled to nothing, has no pods to stand beside.
  const pods = Object.fromEntries(
    stable.map(({ manifest, live }) => {
      const count = live === null ? 0 : countIn(live, 'spec', 'replicas', 1)
      return [manifest.metadata.name, podsFor(trial.traffic, weight, count)]
    }),
  )
  const objects = (at: number) => place(trialObjects({ trial, pair, opened: pair.release, pods, weight: at }))
  const found = await Promise.all(objects(weight).map((object) => see(client, object)))
  const workloads = await Promise.all(
    found
      .filter(({ manifest }) => manifest.kind === 'Deployment')
      .map((one) => workloadOf(client, request, one)),
  )
  const before = trialOf(stage.spec.strategy)?.steps[(stage.steps ?? firstStep).at - 1]?.weight ?? 0
  // Traffic goes where pods are: before they are available it stays where the last step left it.
  const ready = stage.steps?.since != null || workloads.every(({ verdict }) => isSettled(verdict))
  const trafficAt = trial.traffic === 'pods' || ready ? weight : before
  const wanted = objects(trafficAt)
  const adrift = found.filter(({ live }, index) => !isAsWanted(request, wanted[index], live))
  const live: TargetLive = {
    reachable: true,
    workloads,
    adrift: adrift.map(({ manifest }) => wordsOf(identityOf(manifest))),
    prunable: [],
    begun: true,
  }
  const splits = stable
    .filter(({ manifest }) => (pods[manifest.metadata.name] ?? 0) > 0)
    .map((one) => splitOf({ trial, pair, weight, pods, found }, one))
  return { live, splits, trafficAt }
}

const isOurs = ({ rolloutId, releaseId }: Request, live: KubeObject): boolean =>
  labelOf(live, 'rollout') === rolloutId && labelOf(live, 'release') === releaseId

/** An object of another rollout says nothing of this one. */
const workloadOf = (client: KubeClient, request: Request, { manifest, live }: Seen) =>
  live !== null && isOurs(request, live)
    ? observeWorkload(
        { client, application: request.application, applied: request.target.applied, now: request.now },
        live,
      )
    : absentWorkload(manifest)

function isAsWanted(request: Request, wanted: KubeManifest | undefined, live: KubeObject | null): boolean {
  if (wanted === undefined) return true
  if (live === null || !isOurs(request, live)) return false
  if (wanted.kind === 'Deployment')
    return countIn(live, 'spec', 'replicas', 1) === countIn(wanted, 'spec', 'replicas', 1)
  const moves = wanted.kind === 'Service' || wanted.kind === 'HTTPRoute'
  return !moves || hashOf(trafficOf(live) ?? null) === hashOf(trafficOf(wanted) ?? null)
}

type MeasureDeps = Pick<ObserveDeps, 'db' | 'cipher' | 'metrics'>

/** One measurement, where one is due; null otherwise. */
export async function measureStep(
  deps: MeasureDeps,
  { rollout, stage }: { readonly rollout: Observation['rollout']; readonly stage: StageObservation },
  now: Date,
): Promise<Measurement | null> {
  const analysis = currentStep(stage)?.analysis
  if (stage.steps === null || analysis === undefined || !isMetric(analysis)) return null
  const due = nextMeasureAt(stage.steps, analysis)
  if (due === null || now < due) return null
  const login = await loginFor(deps, rollout.projectId, analysis.prometheus)
  return measured(await deps.metrics.ask({ ...analysis, login }), analysis, now)
}
