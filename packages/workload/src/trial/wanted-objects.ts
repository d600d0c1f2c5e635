import { trialOf } from '@fairlead/contracts/strategy'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { manifestsOf } from '../application/stored'
import { openRelease, releaseById } from '../release/release-store'
import type { Action } from '../rollout/decision'
import type { Observation } from '../rollout/observation'
import type { WorkloadDeps } from '../workload-deps'
import { identityOfKey } from '../manifest/object-key'
import { sameIn, sideName, triedDeployments } from './side'
import { trafficObjects } from './traffic'
import { trialObjects } from './trial-objects'

type Apply = Extract<Action, { kind: 'apply' | 'trial' }>

/** What an action applies, with the values of Secrets: a whole release, or what a step puts beside another. */
export async function wantedObjects(
  deps: Pick<WorkloadDeps, 'db' | 'cipher'>,
  { stages, rollout }: Observation,
  action: Apply,
): Promise<readonly KubeManifest[]> {
  const release = openRelease(deps.cipher, await releaseById(deps.db, action.releaseId))
  const stage = stages.find(({ targets }) => targets.some(({ id }) => id === action.targetId))
  const trial = stage === undefined || !stage.triesFirst ? null : trialOf(stage.spec.strategy)
  const staysAway = action.kind === 'apply' && action.away === true && action.releaseId === rollout.releaseId
  if (trial === null || (action.kind === 'apply' && !staysAway)) return release.opened
  const base = await releaseById(deps.db, stage?.baseReleaseId ?? action.releaseId)
  const pair = { release: release.objects, base: manifestsOf(base.manifests) }
  if (action.kind === 'trial') {
    const { pods, weight } = action
    return trialObjects({ trial, pair, opened: release.opened, pods, weight })
  }
  const touched = stage?.targets.find(({ id }) => id === action.targetId)?.applied.touched ?? []
  // Where it did not stand beside, no pod would answer.
  const stood = triedDeployments(pair).filter(({ metadata }) =>
    touched.some((key) => {
      const { kind, name } = identityOfKey(key)
      return kind === 'Deployment' && name === sideName(metadata.name, trial.side)
    }),
  )
  const moved = trafficObjects({ trial, pair, weight: 100 }, stood)
  return release.opened.map((object) =>
    object.kind === 'Service' ? (sameIn(moved, object) ?? object) : object,
  )
}
