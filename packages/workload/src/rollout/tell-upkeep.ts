import { isFairleadError } from '@fairlead/contracts/errors'
import type { WorkloadTx } from '@fairlead/db/views'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { getObject } from '@fairlead/kube/objects'
import { isOwnedBy } from '@fairlead/kube/owned-fields'
import { identityOfKey } from '../manifest/object-key'
import { isGone } from '../plan/prune'
import type { WorkloadDeps } from '../workload-deps'
import { upkeepWords } from './act-entries'
import { appliedJson, type IntendedUpkeep } from './applied'
import type { Observation, TargetObservation } from './observation'
import { reached } from './observe-target'
import { pauseManagerOf } from './observe-workload'
import { changeOfEntries, writeEntry } from './write-entry'

interface Unfinished {
  readonly stage: string
  readonly target: TargetObservation
}

/**
 * A worker that was killed amid its upkeep left its intent: what of it was done is told once, and before anything could
 * undo it; what was not is decided anew. True when anything was written: then what was seen is old.
 */
export async function tellUpkeep(deps: WorkloadDeps, observation: Observation, now: Date): Promise<boolean> {
  const unfinished = observation.stages.flatMap(({ spec, targets }) =>
    targets
      .filter(({ applied }) => applied.upkeep.length > 0)
      .map((target): Unfinished => ({ stage: spec.name, target })),
  )
  let told = false
  for (const left of unfinished) {
    const done = await doneOf(deps, left.target, observation.rollout.application)
    if (done === null) continue
    await deps.db.$transaction((tx) => tell(tx, { observation, now, done, ...left }))
    told = true
  }
  return told
}

/** Null while the cluster can't be asked. */
async function doneOf(
  deps: WorkloadDeps,
  { applied, clusterId }: TargetObservation,
  application: string,
): Promise<IntendedUpkeep[] | null> {
  try {
    const done = await reached(deps.clusters, clusterId, (client) =>
      Promise.all(applied.upkeep.map((one) => isDone(client, one, application))),
    )
    return 'reachable' in done ? null : applied.upkeep.filter((_, index) => done[index] === true)
  } catch (error) {
    if (isFairleadError(error) && error.code !== 'internal') return null
    throw error
  }
}

async function isDone(client: KubeClient, intended: IntendedUpkeep, application: string): Promise<boolean> {
  const { kind, key, uid } = intended
  const identity = identityOfKey(key)
  if (kind === 'prune' || kind === 'unstick') return isGone(client, identity, uid)
  const live = await getObject(client, identity)
  return live !== null && isOwnedBy(live, pauseManagerOf(application)) === (kind === 'hold')
}

interface Telling extends Unfinished {
  readonly observation: Observation
  readonly now: Date
  readonly done: readonly IntendedUpkeep[]
}

async function tell(tx: WorkloadTx, telling: Telling): Promise<void> {
  const { observation, target, stage, done } = telling
  const cleared = await tx.rolloutTarget.updateMany({
    where: { id: target.id, applied: { equals: appliedJson(target.applied) } },
    data: { applied: appliedJson({ ...target.applied, upkeep: [] }) },
  })
  const [first] = done
  if (cleared.count === 0 || first === undefined) return
  const message = upkeepWords(first.kind, done)
  await writeEntry(tx, telling, { stage, cluster: target.cluster, kind: first.kind, message, audit: true })
  await changeOfEntries(tx, observation)
}
