import { FairleadError } from '@fairlead/contracts/errors'
import { isFor, hands, type Hand } from '@fairlead/contracts/hand-states'
import { labelKeys } from '@fairlead/contracts/labels'
import { watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import type { HandsDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { PrepareContext, QueryContext } from '@fairlead/kernel/context'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { getObject, type ObjectRef } from '@fairlead/kube/objects'
import type { HandsDeps } from '../hands-deps'
import { actedAs } from './acted-as'
import { assertOpen } from './assert-open'
import { scopeOfPlace } from './scope-of-place'

interface Named {
  readonly cluster: string
  readonly kind: WatchedKind
  readonly namespace: string | null
  readonly name: string
}

export interface TouchedCluster {
  readonly id: string
  readonly name: string
  readonly environment: string
}

/** One live object, about to be touched. */
export interface HandTarget {
  readonly client: KubeClient
  readonly cluster: TouchedCluster
  readonly ref: ObjectRef
  readonly object: KubeObject
  readonly uid: string
}

export const namespaceOf = ({ kind, namespace }: Pick<Named, 'kind' | 'namespace'>): string | null => {
  if (!watchedKinds[kind].namespaced) return null
  if (namespace === null)
    throw new FairleadError('invalid', `namespace: a ${kind} lives in one.`, { path: 'namespace' })
  return namespace
}

/** The scope of a hand on one object, for `room().command`. */
export const handScope =
  (hand: Hand) =>
  ({ db, actor }: Pick<PrepareContext<HandsDb>, 'db' | 'actor'>, input: Named) =>
    scopeOfPlace(db, actor, {
      cluster: input.cluster,
      namespace: namespaceOf(input),
      permission: hands[hand].permission,
    })

export async function touchedCluster(
  { db }: Pick<HandsDeps, 'db'>,
  clusterId: string,
): Promise<TouchedCluster> {
  const cluster = await db.cluster.findUnique({
    where: { id: clusterId },
    select: { id: true, name: true, environment: true },
  })
  if (cluster === null) throw notFound('cluster')
  return cluster
}

interface Wanted extends Named {
  readonly hand: Hand
}

/**
 * What is about to be changed, if no window forbids it. Named in the audit log before the cluster is asked, so that a
 * failure says what it was about.
 */
export async function handTarget(
  deps: HandsDeps,
  context: PrepareContext<HandsDb>,
  wanted: Wanted,
): Promise<HandTarget> {
  const { kind, name, hand } = wanted
  const namespace = namespaceOf(wanted)
  const cluster = await touchedCluster(deps, wanted.cluster)
  const where = [cluster.name, ...(namespace === null ? [] : [namespace]), name].join('/')
  context.subject({ kind, id: where, name: where })
  context.note({ cluster: cluster.name, ...(namespace === null ? {} : { namespace }), object: name })
  const target = await liveTarget(deps, wanted, context)
  context.subject({ kind, id: target.uid, name: where })
  const application = target.object.metadata.labels?.[labelKeys.application]
  // A shell changes nothing that is declared, and is how a freeze is lived through.
  if (hand !== 'shell')
    await assertOpen(deps, context, { action: hand, cluster: cluster.id, namespace, application })
  return target
}

/** Whoever looks; what is done to the object is audited with the name in which the cluster is asked. */
type Looking = Pick<QueryContext<HandsDb>, 'actor' | 'signal'> &
  Partial<Pick<PrepareContext<HandsDb>, 'note'>>

/** The object as its cluster holds it now, and shows it to whoever it is to see. */
export async function liveTarget(
  deps: HandsDeps,
  wanted: Wanted,
  { actor, signal, note }: Looking,
): Promise<HandTarget> {
  const { kind, name, hand } = wanted
  const namespace = namespaceOf(wanted)
  if (!isFor(hand, kind))
    throw new FairleadError('invalid', `A ${kind} can't be touched like that: ${hands[hand].word}.`, {
      path: 'kind',
      found: kind,
      expected: hands[hand].kinds.join(', '),
    })
  const cluster = await touchedCluster(deps, wanted.cluster)
  const client = await deps.clusters.clientFor(wanted.cluster, actor)
  note?.(actedAs(client))
  const ref = { apiVersion: watchedKinds[kind].apiVersion, kind, namespace, name }
  const object = await getObject(client, ref, { signal })
  const uid = object?.metadata.uid
  if (object === null || uid === undefined) throw notFound('object')
  return { client, cluster, ref, object, uid }
}

/** In production the name is typed once more before anything is taken away; here, not only in a dialog. */
export function assertConfirmed(
  cluster: TouchedCluster,
  wanted: { readonly name: string; readonly confirm?: string | undefined },
): void {
  if (cluster.environment !== 'production' || wanted.confirm === wanted.name) return
  throw new FairleadError(
    'invalid',
    `${cluster.name} is a production cluster: type the name ${wanted.name} to confirm.`,
    { path: 'confirm', found: wanted.confirm ?? 'nothing', expected: wanted.name },
  )
}
