import { isFairleadError } from '@fairlead/contracts/errors'
import type { WorkloadTx } from '@fairlead/db/views'
import { identityOfKey, type ObjectIdentity } from '../manifest/object-key'
import { isGone } from '../plan/prune'
import type { WorkloadDeps } from '../workload-deps'
import { prunedWords } from './act-entries'
import { appliedJson } from './applied'
import type { Observation, TargetObservation } from './observation'
import { reached } from './observe-target'
import { changeOfEntries, writeEntry } from './write-entry'

interface Unfinished {
  readonly stage: string
  readonly target: TargetObservation
}

/**
 * A worker that was killed amid its deletions left its intent: what of it is gone is told once, and before anything could
 * make it again; what is still there is decided anew. True when anything was written: then what was seen is old.
 */
export async function tellPrunes(deps: WorkloadDeps, observation: Observation, now: Date): Promise<boolean> {
  const unfinished = observation.stages.flatMap(({ spec, targets }) =>
    targets
      .filter(({ applied }) => applied.pruning.length > 0)
      .map((target): Unfinished => ({ stage: spec.name, target })),
  )
  let told = false
  for (const left of unfinished) {
    const gone = await goneOf(deps, left.target)
    if (gone === null) continue
    await deps.db.$transaction((tx) => tell(tx, { observation, now, gone, ...left }))
    told = true
  }
  return told
}

/** Null while the cluster can't be asked. */
async function goneOf(deps: WorkloadDeps, target: TargetObservation): Promise<ObjectIdentity[] | null> {
  const objects = target.applied.pruning.map(identityOfKey)
  try {
    const gone = await reached(deps.clusters, target.clusterId, (client) =>
      Promise.all(objects.map((identity) => isGone(client, identity))),
    )
    return 'reachable' in gone ? null : objects.filter((_, index) => gone[index] === true)
  } catch (error) {
    if (isFairleadError(error) && error.code !== 'internal') return null
    throw error
  }
}

interface Telling extends Unfinished {
  readonly observation: Observation
  readonly now: Date
  readonly gone: readonly ObjectIdentity[]
}

async function tell(tx: WorkloadTx, telling: Telling): Promise<void> {
  const { observation, target, stage, gone } = telling
  const cleared = await tx.rolloutTarget.updateMany({
    where: { id: target.id, applied: { equals: appliedJson(target.applied) } },
    data: { applied: appliedJson({ ...target.applied, pruning: [] }) },
  })
  if (cleared.count === 0 || gone.length === 0) return
  const base = { stage, cluster: target.cluster }
  await writeEntry(tx, telling, { ...base, kind: 'prune', message: prunedWords(gone), audit: true })
  await changeOfEntries(tx, observation)
}
