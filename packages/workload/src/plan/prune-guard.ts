import type { ObjectPlan } from '@fairlead/contracts/rollout'

/** Up to so many deletions are what a release of any day does. */
const few = 3
/** Deleting one of these stops something that keeps state. */
const graveKinds: readonly string[] = ['StatefulSet']

/**
 * Why what a plan deletes on one target has to be confirmed by typing; empty when it need not be. A manifest that was
 * lost on the way to the deploy, or a folder given by mistake, looks just like the wish to delete most of a stage.
 */
export function pruneReasons(objects: readonly Pick<ObjectPlan, 'kind' | 'name' | 'change'>[]): string[] {
  const pruned = objects.filter(({ change }) => change === 'prune')
  const present = objects.filter(({ change }) => change !== 'create' && change !== 'unverifiable')
  const mass = pruned.length > few && pruned.length * 2 > present.length
  return [
    ...(mass
      ? [`It deletes ${pruned.length} of the ${present.length} objects that the stage has there.`]
      : []),
    ...pruned
      .filter(({ kind }) => graveKinds.includes(kind))
      .map(({ kind, name }) => `It deletes ${kind} ${name}, and its pods with it.`),
  ]
}

/** What a stage that nobody confirmed says against it. */
export const unconfirmed = (reasons: readonly string[], application: string): string[] =>
  reasons.length === 0
    ? []
    : [
        `${reasons.join(' ')} That has to be confirmed when the deploy is requested: type the application's name, ${application} (--confirm-prune ${application}).`,
      ]
