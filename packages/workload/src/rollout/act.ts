import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import type { StageGates } from '@fairlead/contracts/stage-gates'
import { handsFieldManager } from '@fairlead/contracts/hand-states'
import { fieldManagerOf } from '@fairlead/contracts/labels'
import type { WorkloadDb } from '@fairlead/db/views'
import { applyObject } from '@fairlead/kube/apply'
import { definitionOf, untilServed } from '@fairlead/kube/definitions'
import { setTimeout } from 'node:timers/promises'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { getObject } from '@fairlead/kube/objects'
import { identityOf, keyOf, wordsOf } from '../manifest/object-key'
import { isImmutable, isRunOnce } from '../manifest/run-once'
import { isOwnedBy } from '@fairlead/kube/owned-fields'
import { labelled } from '../plan/own-labels'
import { namespaceExists, orderedObjects } from '../plan/target-plan'
import type { ObserveDeps } from '../trial/metric-source'
import { wantedObjects } from '../trial/wanted-objects'
import { appliedJson, type Applied } from './applied'
import type { Action } from './decision'
import { doUpkeep, movedByOthers } from './do-upkeep'
import { isWayBack, type Observation, type TargetObservation } from './observation'
import { isTransient } from './transient'
import { pauseManagerOf } from './observe-workload'
import { applyPause } from './pause-workloads'
import { removeJob } from './remove-job'

export interface ActDeps extends ObserveDeps {
  readonly workflows: StageGates
  /** Tests throw from it to be killed at that very point. */
  readonly onStep?: ((step: string) => void | Promise<void>) | undefined
}

export interface ActResult {
  readonly action: Action
  readonly target: TargetObservation
  /** What is applied now; undefined when the action applies nothing. */
  readonly applied?: Applied
  /** What the target has to say until this is recorded; undefined when it may say anything. */
  readonly intent?: Applied
  readonly warnings: readonly string[]
  /** The API server said no; asking again won't help. */
  readonly refused: string | null
  /** The cluster could not be asked; the same action later may do it. */
  readonly retry: string | null
}

/** One action after the other per target, targets side by side. Doing it all again changes nothing. */
export async function actOn(
  deps: ActDeps,
  observation: Observation,
  actions: readonly Action[],
): Promise<readonly ActResult[]> {
  const targets = observation.stages.flatMap((stage) => stage.targets.map((target) => ({ stage, target })))
  const results = await Promise.all(
    actions.map(async (action): Promise<ActResult[]> => {
      const found = targets.find(({ target }) => target.id === action.targetId)
      if (found === undefined) return []
      const scene = {
        observation,
        stage: found.stage.spec.name,
        target: found.target,
        onStep: deps.onStep,
      }
      return [await attempt(deps, scene, action)]
    }),
  )
  return results.flat()
}

interface Scene {
  readonly observation: Observation
  readonly stage: string
  readonly target: TargetObservation
  readonly onStep: ActDeps['onStep']
}

async function attempt(deps: ActDeps, scene: Scene, action: Action): Promise<ActResult> {
  const nothing = { action, target: scene.target, warnings: [], refused: null, retry: null }
  try {
    const client = await deps.clusters.clientOf(scene.target.clusterId)
    if (action.kind === 'apply' || action.kind === 'trial')
      return await applyRelease(deps, scene, action, client)
    const { observation, stage, target } = scene
    const ownership = { application: observation.rollout.application, stage }
    return { ...nothing, ...(await doUpkeep(deps, client, { target, ownership, action })) }
  } catch (error) {
    if (!isFairleadError(error) || error.code === 'internal') throw error
    // Only what an apply is refused fails a rollout; a pause or a deletion may be allowed later.
    return { ...nothing, retry: error.message }
  }
}

type Apply = Extract<Action, { kind: 'apply' | 'trial' }>

async function applyRelease(
  deps: ActDeps,
  scene: Scene,
  action: Apply,
  client: KubeClient,
): Promise<ActResult> {
  const { target, observation } = scene
  const exists = await namespaceExists({ client, target: { namespace: target.namespace } })
  const all = orderedObjects(await wantedObjects(deps, observation, action), target.namespace, exists)
  const objects = isWayBack(observation.rollout, action.releaseId)
    ? all.filter((object) => !isRunOnce(object))
    : all
  // A trial stands beside what is applied.
  const releaseId = action.kind === 'trial' ? target.applied.releaseId : action.releaseId
  const intent = await writeIntent(deps, target, releaseId, objects)
  if (intent === null) return { action, target, warnings: [], refused: null, retry: movedByOthers }
  const done: Record<string, { uid: string; generation: number }> = {}
  const warnings: string[] = []
  const result = (end: { refused?: string; retry?: string }): ActResult => ({
    action,
    target,
    applied: { ...intent, objects: { ...intent.objects, ...done } },
    warnings,
    refused: end.refused ?? null,
    retry: end.retry ?? null,
  })
  for (const object of objects) {
    if (!(await isStillWanted(deps, observation.rollout.id)))
      return result({ retry: 'The rollout was ended.' })
    try {
      const missing = await awaitedDefinition(client, objects, object)
      if (missing !== null) return result({ retry: missing })
      const applied = await applyOne(client, scene, { object, releaseId: action.releaseId })
      warnings.push(...applied.warnings)
      done[keyOf(object)] = applied.mark
    } catch (error) {
      if (isTransient(error)) return result({ retry: messageOf(error) })
      if (!isFairleadError(error)) throw error
      // The API server that established the definition may be another one than that which was asked to apply.
      if (error.code === 'not_found' && definitionOf(objects, object) !== undefined)
        return result({ retry: error.message })
      return result({ refused: `${wordsOf(identityOf(object))}: ${error.message}` })
    }
    await deps.onStep?.(`applied ${object.kind}`)
    if (object.kind === 'Namespace' && !exists) await defaultAccount(client, target.namespace)
  }
  return result({})
}

const definitionTimeoutMs = 10_000

/** Objects of a kind that the same release defines wait until the API server serves it; what is missing, in words. */
async function awaitedDefinition(
  client: KubeClient,
  objects: readonly KubeManifest[],
  object: KubeManifest,
): Promise<string | null> {
  const name = definitionOf(objects, object)?.metadata.name
  if (name === undefined) return null
  const missing = await untilServed(client, { name, object, timeoutMs: definitionTimeoutMs })
  return missing === null
    ? null
    : `${wordsOf(identityOf(object))} waits for CustomResourceDefinition ${name}: ${missing}.`
}

/**
 * In a namespace's first moments its default ServiceAccount is missing: controllers that create pods then fail and back
 * off for seconds. A short wait costs less; without the right to look, the controllers' own retries must do.
 */
async function defaultAccount(client: KubeClient, namespace: string): Promise<void> {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: 'default' }
  for (let tries = 0; tries < 30; tries++) {
    const found = await getObject(client, account).catch((error: unknown) => {
      if (isFairleadError(error)) return account
      throw error
    })
    if (found !== null) return
    await setTimeout(100)
  }
}

/** Before the first object: were we killed between two of them, everything that may exist is known. */
async function writeIntent(
  deps: ActDeps,
  target: TargetObservation,
  releaseId: string | null,
  objects: readonly KubeManifest[],
): Promise<Applied | null> {
  const intent: Applied = {
    releaseId,
    objects: target.applied.releaseId === releaseId ? target.applied.objects : {},
    touched: [...new Set([...target.applied.touched, ...objects.map(keyOf)])],
    kept: target.applied.kept,
    upkeep: target.applied.upkeep,
  }
  // Whoever took the target back or cancelled it meanwhile read that nothing was begun there.
  const written = await deps.db.rolloutTarget.updateMany({
    where: { id: target.id, state: target.state },
    data: { applied: appliedJson({ ...target.applied, touched: intent.touched }) },
  })
  if (written.count === 0) return null
  await deps.onStep?.('intended')
  return intent
}

interface AskDeps {
  readonly db: Pick<WorkloadDb, 'rollout'>
}

/** Cancelled and superseded rollouts stop between two objects, not after the last. */
export async function isStillWanted({ db }: AskDeps, rolloutId: string): Promise<boolean> {
  const row = await db.rollout.findUnique({ where: { id: rolloutId }, select: { finishedAt: true } })
  return row !== null && row.finishedAt === null
}

async function applyOne(
  client: KubeClient,
  { observation, stage, onStep }: Scene,
  { object, releaseId }: { readonly object: KubeManifest; readonly releaseId: string },
) {
  const { application, id } = observation.rollout
  const fieldManager = fieldManagerOf(application)
  const ownership = { application, stage, rolloutId: id, releaseId }
  // What a person changed by hand is drift; what another controller owns is never taken.
  const options = { fieldManager, takesFrom: [handsFieldManager] }
  const wish = labelled(object, ownership)
  const first = await applyObject(client, wish, options).catch(async (error: unknown) => {
    const replaced = isRunOnce(object) && isFairleadError(error) && isImmutable(error.message)
    if (!replaced || !(await removeJob(client, object, ownership))) throw error
    await onStep?.('removed Job')
    const made = await applyObject(client, wish, options)
    const words = `${wordsOf(identityOf(object))} was deleted and made anew: its template is immutable.`
    return { ...made, warnings: [words, ...made.warnings] }
  })
  // A pause that an earlier rollout left would hold this one up for ever.
  const last =
    object.kind === 'Deployment' &&
    isOwnedBy(first.object, pauseManagerOf(application)) &&
    !observation.rollout.paused
      ? (await applyPause(client, keyOf(object), { application, paused: false })).object
      : first.object
  return {
    warnings: first.warnings,
    mark: { uid: last.metadata.uid ?? '', generation: last.metadata.generation ?? 0 },
  }
}
