import type { KubeObject } from '@fairlead/kube/kube-object'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { pruneOrder } from '@fairlead/kube/apply-order'
import { isFairleadError } from '@fairlead/contracts/errors'
import { getObject } from '@fairlead/kube/objects'
import { hashOf } from '../manifest/digest'
import { diffOf } from '@fairlead/kube/diff-lines'
import { normalise } from '@fairlead/kube/normalise'
import { sameObject, wordsOf, type ObjectIdentity } from '../manifest/object-key'
import { redactSecret } from '../manifest/secrets'
import { belongsTo } from './own-labels'
import type { PlannedObject } from './object-plan'
import type { TargetContext } from './plan-context'

/** Deleting these deletes data, or everything else, a definition every object of its kind: a person does that. */
const keptKinds = new Set(['Namespace', 'PersistentVolumeClaim', 'CustomResourceDefinition'])

const keptWhy = 'deleting it would delete data, which only a person does, by hand.'

/** What earlier releases applied and the new one doesn't hold, in the order in which it may go. */
export const noLonger = (
  earlier: readonly ObjectIdentity[],
  current: readonly ObjectIdentity[],
): readonly ObjectIdentity[] =>
  pruneOrder(
    earlier.filter((old) => !keptKinds.has(old.kind) && !current.some((object) => sameObject(object, old))),
  )

/** What would go if it could be made again: it stays, and the plan says so. */
export async function keptBehind(
  context: TargetContext,
  current: readonly ObjectIdentity[],
): Promise<readonly string[]> {
  const kept = context.earlier.filter(
    (old) => keptKinds.has(old.kind) && !current.some((object) => sameObject(object, old)),
  )
  const live = await Promise.all(kept.map((identity) => liveOwned(context.client, identity, context)))
  return kept
    .filter((_, index) => live[index] !== null)
    .map((identity) => `${wordsOf(identity)} stays, though this release no longer holds it: ${keptWhy}`)
}

/** Only what is still ours goes: an object that lost our labels was adopted by someone else. */
export async function liveOwned(
  client: KubeClient,
  identity: ObjectIdentity,
  ownership: { readonly application: string; readonly stage: string },
): Promise<KubeObject | null> {
  try {
    const live = await getObject(client, identity)
    return live !== null && belongsTo(live, ownership) && live.metadata.deletionTimestamp === undefined
      ? live
      : null
  } catch (error) {
    // The kind itself is gone from the cluster: nothing of it is left to prune.
    if (isFairleadError(error) && error.code === 'not_found') return null
    throw error
  }
}

/** Deleted, or about to be: its finalizers still run. With a `uid`, another one of its name may be there. */
export async function isGone(
  client: KubeClient,
  identity: ObjectIdentity,
  uid: string | null = null,
): Promise<boolean> {
  try {
    const live = await getObject(client, identity)
    return (
      live === null ||
      live.metadata.deletionTimestamp !== undefined ||
      (uid !== null && live.metadata.uid !== uid)
    )
  } catch (error) {
    if (isFairleadError(error) && error.code === 'not_found') return true
    throw error
  }
}

export async function planPrune(
  context: TargetContext,
  current: readonly ObjectIdentity[],
): Promise<readonly PlannedObject[]> {
  const planned = await Promise.all(
    noLonger(context.earlier, current).map(async (identity): Promise<PlannedObject[]> => {
      const live = await liveOwned(context.client, identity, context)
      if (live === null) return []
      const clean = normalise(redactSecret(live, context.fingerprint))
      return [
        {
          plan: {
            ...identity,
            change: 'prune',
            notes: ['An earlier release applied it, this one no longer holds it.'],
            conflicts: [],
            restarts: 0,
            diff: diffOf(clean, null),
          },
          blockers: [],
          warnings: [`${wordsOf(identity)} will be deleted: this release no longer holds it.`],
          liveHash: hashOf(clean),
          resultHash: null,
          pods: null,
        },
      ]
    }),
  )
  return planned.flat()
}
