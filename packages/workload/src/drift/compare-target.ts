import type { DriftedObject } from '@fairlead/contracts/drift'
import { fieldManagerOf } from '@fairlead/contracts/labels'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { getObject } from '@fairlead/kube/objects'
import { identityOf } from '../manifest/object-key'
import { planObject } from '../plan/object-plan'
import type { TargetContext } from '../plan/plan-context'
import { orderedObjects } from '../plan/target-plan'
import { authorsOf } from './authors'

/**
 * What of a release's objects differs on one target: the API server's own dry run of applying it again, so that defaults,
 * webhooks and fields of others count as they would in a rollout. A Job that ran may be gone: that is how Jobs end.
 */
export async function compareTarget(
  context: TargetContext,
  objects: readonly KubeManifest[],
): Promise<readonly DriftedObject[]> {
  const placed = orderedObjects(objects, context.target.namespace, true)
  const compared = await Promise.all(placed.map((manifest) => compareObject(context, manifest)))
  return compared.flatMap((object) => object ?? [])
}

async function compareObject(context: TargetContext, manifest: KubeManifest): Promise<DriftedObject | null> {
  const { plan } = await planObject(context, manifest)
  if (plan.change === 'none' || (plan.change === 'create' && plan.kind === 'Job')) return null
  const { apiVersion, kind, namespace, name, notes, diff, restarts } = plan
  const found = { apiVersion, kind, namespace, name, notes, diff, restarts }
  if (plan.change === 'create') return { ...found, change: 'missing', authors: [] }
  if (plan.change !== 'change') return { ...found, change: 'unreadable', authors: [] }
  const live = await getObject(context.client, identityOf(manifest))
  const ours = fieldManagerOf(context.application)
  return { ...found, change: 'changed', authors: live === null ? [] : authorsOf(live, plan.conflicts, ours) }
}
