import { trialOf } from '@fairlead/contracts/strategy'
import { manifestsOf } from '../application/stored'
import { releaseById } from '../release/release-store'
import type { Observation, StageObservation } from '../rollout/observation'
import { observeGates } from '../rollout/observe-gates'
import type { ObserveDeps } from './metric-source'
import { measureStep, observeTrial } from './observe-trial'

interface Looked {
  readonly rollout: Observation['rollout']
  readonly stage: StageObservation
}

/** A stage on trial: its pods on every target, the workflow of its step, and a measurement where one is due. */
export async function observeTrialStage(
  deps: ObserveDeps,
  { rollout, stage }: Looked,
  now: Date,
): Promise<StageObservation> {
  const trial = trialOf(stage.spec.strategy)
  if (trial === null) return stage
  const manifests = async (id: string) => manifestsOf((await releaseById(deps.db, id)).manifests)
  const { id: rolloutId, application, releaseId } = rollout
  const [release, base] = await Promise.all([
    manifests(releaseId),
    manifests(stage.baseReleaseId ?? releaseId),
  ])
  const asked = { application, rolloutId, releaseId, pair: { release, base }, trial, stage, now }
  const [targets, gates, measured] = await Promise.all([
    Promise.all(stage.targets.map((target) => observeTrial(deps.clusters, { ...asked, target }))),
    observeGates(deps, { rollout, stage: stage.spec.name, gates: stage.gates }, 'step'),
    rollout.paused ? null : measureStep(deps, { rollout, stage }, now),
  ])
  return { ...stage, targets, gates, measured }
}
