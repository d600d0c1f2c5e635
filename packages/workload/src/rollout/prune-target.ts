import { isFairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { deleteObject } from '@fairlead/kube/objects'
import { objectKey, wordsOf, type ObjectIdentity } from '../manifest/object-key'
import { liveOwned } from '../plan/prune'
import { appliedJson, type Applied } from './applied'
import type { TargetObservation } from './observation'
import { isTransient } from './transient'

export interface PruneDeps {
  readonly db: Pick<WorkloadDb, 'rolloutTarget'>
  readonly onStep?: ((step: string) => void | Promise<void>) | undefined
}

interface PruneRequest {
  readonly target: TargetObservation
  readonly ownership: { readonly application: string; readonly stage: string }
  readonly objects: readonly ObjectIdentity[]
}

export interface Pruned {
  /** What was deleted. */
  readonly objects: readonly ObjectIdentity[]
  readonly applied: Applied
  readonly warnings: readonly string[]
}

/** What may not be deleted stays and is named: the release runs all the same. Null: someone else moved the target. */
export async function pruneTarget(
  deps: PruneDeps,
  client: KubeClient,
  request: PruneRequest,
): Promise<Pruned | null> {
  const intent = await writeIntent(deps, request)
  if (intent === null) return null
  const deleted: ObjectIdentity[] = []
  const kept: string[] = []
  const warnings: string[] = []
  for (const identity of request.objects) {
    try {
      const live = await liveOwned(client, identity, request.ownership)
      if (live === null) continue
      await deleteObject(client, identity, live.metadata.uid === undefined ? {} : { uid: live.metadata.uid })
      deleted.push(identity)
    } catch (error) {
      if (isTransient(error) || !isFairleadError(error)) throw error
      kept.push(objectKey(identity))
      warnings.push(`${wordsOf(identity)} stays: ${error.message}`)
    }
  }
  return {
    objects: deleted,
    applied: { ...intent, kept: [...intent.kept, ...kept], pruning: [] },
    warnings,
  }
}

/** Before the first deletion: were we killed after one, nothing else would know that it was ours. */
async function writeIntent({ db, onStep }: PruneDeps, { target, objects }: PruneRequest) {
  const pruning = [...new Set([...target.applied.pruning, ...objects.map(objectKey)])]
  const intent: Applied = { ...target.applied, pruning }
  const written = await db.rolloutTarget.updateMany({
    where: { id: target.id, state: target.state },
    data: { applied: appliedJson(intent) },
  })
  if (written.count === 0) return null
  await onStep?.('intended prune')
  return intent
}
