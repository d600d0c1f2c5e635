import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import { fieldManagerOf } from '@fairlead/contracts/labels'
import { applyObject } from '@fairlead/kube/apply'
import { identityOf, objectKey, wordsOf } from '../manifest/object-key'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { labelled } from '../plan/own-labels'
import type { PlanRelease } from '../plan/plan-context'
import { orderedObjects } from '../plan/target-plan'
import type { Desired } from './desired'
import type { DriftDecision } from './plan'

export interface PutBack {
  /** In words: `Deployment checkout/web`. */
  readonly applied: readonly string[]
  readonly refused: readonly string[]
}

/**
 * Applies what differs as the release has it. It is safe to be killed in between: whoever looks next finds what still
 * differs. A field of somebody whom nobody named is never taken: that apply is refused, and says whose it is.
 */
export async function putBack(
  client: KubeClient,
  { application, spec, rollout, releaseId, target }: Desired,
  { objects, takesFrom, opened }: NonNullable<DriftDecision['putBack']> & Pick<PlanRelease, 'opened'>,
): Promise<PutBack> {
  const applied: string[] = []
  const refused: string[] = []
  const differing = new Set(objects.map(objectKey))
  const ownership = { application: application.name, stage: spec.name, rolloutId: rollout.id, releaseId }
  for (const manifest of orderedObjects(opened, target.namespace, true)) {
    const identity = identityOf(manifest)
    if (!differing.has(objectKey(identity))) continue
    try {
      await applyObject(client, labelled(manifest, ownership), {
        fieldManager: fieldManagerOf(application.name),
        takesFrom,
      })
      applied.push(wordsOf(identity))
    } catch (error) {
      if (!isFairleadError(error) || error.code === 'internal') throw error
      refused.push(`${wordsOf(identity)}: ${messageOf(error)}`)
    }
  }
  return { applied, refused }
}
