import { isFairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { deleteObject } from '@fairlead/kube/objects'
import { objectKey, wordsOf } from '../manifest/object-key'
import { liveOwned } from '../plan/prune'
import { appliedJson, type Applied, type IntendedUpkeep } from './applied'
import type { Upkeep } from './decision'
import type { TargetObservation } from './observation'
import { pauseWorkloads } from './pause-workloads'
import { isTransient } from './transient'

export interface UpkeepDeps {
  readonly db: Pick<WorkloadDb, 'rolloutTarget'>
  readonly onStep?: ((step: string) => void | Promise<void>) | undefined
}

interface Request<A = Upkeep> {
  readonly target: TargetObservation
  readonly ownership: { readonly application: string; readonly stage: string }
  readonly action: A
}

interface Done {
  /** What of it was done; the rest was gone, or had come right by itself. */
  readonly action: Upkeep
  readonly warnings: readonly string[]
  /** What may not be deleted. */
  readonly kept: readonly string[]
}

interface Told extends Omit<Done, 'kept'> {
  /** As long as the target says this, what was done is not told. */
  readonly intent: Applied
  readonly applied: Applied
}

/** No release shows afterwards that it was done: written first, it is told once, also by whoever goes on after a crash. */
export async function doUpkeep(
  deps: UpkeepDeps,
  client: KubeClient,
  request: Request,
): Promise<Told | { readonly retry: string }> {
  const { target, action } = request
  if (target.applied.upkeep.length > 0) return { retry: 'What a killed worker did there is not known yet.' }
  const intent: Applied = { ...target.applied, upkeep: upkeepOf(action, target.namespace) }
  const { count } = await deps.db.rolloutTarget.updateMany({
    where: { id: target.id, state: target.state },
    data: { applied: appliedJson(intent) },
  })
  if (count === 0) return { retry: movedByOthers }
  await deps.onStep?.(`intended ${action.kind}`)
  const { kept, ...done } = await carryOut(client, request)
  await deps.onStep?.(action.kind)
  return { ...done, intent, applied: { ...intent, kept: [...intent.kept, ...kept], upkeep: [] } }
}

export function upkeepOf(action: Upkeep, namespace: string): IntendedUpkeep[] {
  const { kind } = action
  if (kind === 'prune') return action.objects.map((object) => ({ kind, key: objectKey(object), uid: null }))
  if (kind !== 'unstick') return action.workloads.map((key) => ({ kind, key, uid: null }))
  const pod = { apiVersion: 'v1', kind: 'Pod', namespace }
  return action.pods.map(({ name, uid }) => ({ kind, key: objectKey({ ...pod, name }), uid }))
}

export const movedByOthers = 'Someone else moved the target.'

async function carryOut(client: KubeClient, request: Request): Promise<Done> {
  const { action, target, ownership } = request
  switch (action.kind) {
    case 'prune':
      return prune(client, { ...request, action })
    case 'unstick':
      return { action: await unstick(client, target.namespace, action), warnings: [], kept: [] }
    default: {
      const pause = { application: ownership.application, paused: action.kind === 'hold' }
      const workloads = await pauseWorkloads(client, action.workloads, pause)
      return { action: { ...action, workloads }, warnings: [], kept: [] }
    }
  }
}

type Prune = Extract<Upkeep, { kind: 'prune' }>

/** What may not be deleted stays and is named: the release runs all the same. */
async function prune(client: KubeClient, { action, ownership }: Request<Prune>): Promise<Done> {
  const objects: Prune['objects'][number][] = []
  const kept: string[] = []
  const warnings: string[] = []
  for (const identity of action.objects) {
    try {
      const live = await liveOwned(client, identity, ownership)
      if (live === null) continue
      await deleteObject(client, identity, live.metadata.uid === undefined ? {} : { uid: live.metadata.uid })
      objects.push(identity)
    } catch (error) {
      if (isTransient(error) || !isFairleadError(error)) throw error
      kept.push(objectKey(identity))
      warnings.push(`${wordsOf(identity)} stays: ${error.message}`)
    }
  }
  return { action: { ...action, objects }, warnings, kept }
}

type Unstick = Extract<Upkeep, { kind: 'unstick' }>

async function unstick(client: KubeClient, namespace: string, action: Unstick): Promise<Unstick> {
  const pods: Unstick['pods'][number][] = []
  for (const pod of action.pods) {
    const { name, uid, resourceVersion } = pod
    const ref = { apiVersion: 'v1', kind: 'Pod', namespace, name }
    try {
      if (await deleteObject(client, ref, { uid, resourceVersion })) pods.push(pod)
    } catch (error) {
      // It is another one by now, or has come right: the next look decides.
      if (!isFairleadError(error) || error.code !== 'conflict') throw error
    }
  }
  return { ...action, pods }
}
