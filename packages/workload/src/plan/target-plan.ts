import { planTargetTrial, type TrialPreview } from '../trial/plan-target-trial'
import { isFairleadError } from '@fairlead/contracts/errors'
import type { SurgePlan } from '@fairlead/contracts/surge'
import { applyOrder } from '@fairlead/kube/apply-order'
import { definitionOf, isDefinition, isServed } from '@fairlead/kube/definitions'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { createLimiter } from '@fairlead/kube/limiter'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { getObject } from '@fairlead/kube/objects'
import { identityOf } from '../manifest/object-key'
import { placeIn } from '../manifest/place'
import { isRunOnce } from '../manifest/run-once'
import { autoscalerTraps } from './autoscaler-trap'
import { leftAlone, planObject, unverifiable, type PlannedObject } from './object-plan'
import type { PlanRelease, PlanTarget, TargetContext } from './plan-context'
import { keptBehind, planPrune } from './prune'
import { planSurge } from './surge-plan'
import { targetChecks, type TargetCheck } from './target-checks'

export interface PlannedTarget {
  readonly objects: readonly PlannedObject[]
  readonly warnings: readonly string[]
  readonly surge: SurgePlan | null
  readonly trial: TrialPreview
  readonly checks: readonly TargetCheck[]
}

export const namespaceObject = (name: string): KubeManifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
})

/** Unknown (no right to read namespaces) counts as there: the apply itself will tell. */
export async function namespaceExists(context: {
  readonly client: KubeClient
  readonly target: Pick<PlanTarget, 'namespace'>
}): Promise<boolean> {
  try {
    return (
      (await getObject(context.client, { ...identityOf(namespaceObject(context.target.namespace)) })) !== null
    )
  } catch (error) {
    if (isFairleadError(error) && error.code === 'cluster_denied') return true
    throw error
  }
}

/** The objects as they will be applied: placed, in dependency order, after the namespace when that is missing. */
export function orderedObjects(
  objects: readonly KubeManifest[],
  namespace: string,
  exists: boolean,
): readonly KubeManifest[] {
  const placed = placeIn(objects, namespace)
  const written = placed.some(({ kind }) => kind === 'Namespace')
  return applyOrder(exists || written ? placed : [namespaceObject(namespace), ...placed])
}

interface Dependent {
  readonly object: KubeManifest
  readonly objects: readonly KubeManifest[]
  readonly exists: boolean
}

/** What of the same plan has to be there before the API server can try the object; null when nothing is missing. */
async function missingFor({ client, target }: TargetContext, of: Dependent): Promise<string | null> {
  const { object, objects, exists } = of
  if (!exists && object.kind !== 'Namespace' && !isDefinition(object)) return `Namespace ${target.namespace}`
  const definition = definitionOf(objects, object)
  if (definition === undefined) return null
  const { name } = definition.metadata
  return (await isServed(client, name, object)) ? null : `CustomResourceDefinition ${name}`
}

/** Objects that are tried side by side: a dial for each of hundreds costs more than their dry runs. */
const triedAtOnce = 16

export async function planTarget(context: TargetContext, release: PlanRelease): Promise<PlannedTarget> {
  const { namespace } = context.target
  const exists = await namespaceExists(context)
  const redacted = orderedObjects(release.objects, namespace, exists)
  const opened = orderedObjects(release.opened, namespace, exists)
  const inTurn = createLimiter(triedAtOnce)
  const objects = await Promise.all(
    opened.map((object, index) =>
      inTurn(async () => {
        if (context.wayBack && isRunOnce(object)) return leftAlone(object)
        const missing = await missingFor(context, { object, objects: opened, exists })
        return missing === null
          ? planObject(context, object)
          : unverifiable(object, redacted[index] ?? object, missing)
      }),
    ),
  )
  const pruned = exists ? await planPrune(context, redacted.map(identityOf)) : []
  const kept = exists ? await keptBehind(context, redacted.map(identityOf)) : []
  const traps = exists ? await autoscalerTraps(context.client, namespace, redacted) : []
  const trial = await planTargetTrial(context, release)
  const [surge, checks] = await Promise.all([
    planSurge(context, objects, trial.changes),
    targetChecks(context, redacted, objects),
  ])
  const warnings = [...traps, ...kept, ...trial.warnings]
  return { objects: [...objects, ...pruned], warnings, surge, trial, checks }
}
