import { isFairleadError } from '@fairlead/contracts/errors'
import type { ClusterClients } from '@fairlead/kube/cluster-clients'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeManifest, KubeObject } from '@fairlead/kube/kube-object'
import { getObject } from '@fairlead/kube/objects'
import {
  identityOf,
  identityOfKey,
  keyOf,
  objectKey,
  wordsOf,
  type ObjectIdentity,
} from '../manifest/object-key'
import { hashOf } from '../manifest/digest'
import { trafficOf } from '../trial/traffic'
import { placeIn } from '../manifest/place'
import { isJudged } from '../manifest/pod-template'
import { isRunOnce } from '../manifest/run-once'
import { belongsTo, labelOf } from '../plan/own-labels'
import { liveOwned, noLonger } from '../plan/prune'
import { isSettled } from './judge'
import type { TargetLive, TargetObservation } from './observation'
import { isTransient } from './transient'
import { absentWorkload, observeWorkload, vanishedJob } from './observe-workload'

export interface TargetRequest {
  readonly target: Pick<TargetObservation, 'clusterId' | 'namespace' | 'applied'>
  readonly application: string
  readonly stage: string
  /** Null where any rollout of this application will do. */
  readonly rolloutId: string | null
  /** The release that should be there, redacted. */
  readonly release: { readonly id: string; readonly objects: readonly KubeManifest[] }
  /** Its Jobs are then neither asked for nor missed. */
  readonly wayBack: boolean
  /** Its Services may still lead to a side that was tried. */
  readonly comesHome?: boolean
  readonly earlier: readonly ObjectIdentity[]
  readonly now: Date
}

export const observeTarget = (clusters: ClusterClients, request: TargetRequest): Promise<TargetLive> =>
  reached(clusters, request.target.clusterId, (client) => look(client, request))

/** What a look at a cluster finds, or why it can't be asked now. */
export async function reached<T>(
  clusters: ClusterClients,
  clusterId: string,
  ask: (client: KubeClient) => Promise<T>,
): Promise<T | Extract<TargetLive, { reachable: false }>> {
  try {
    return await ask(await clusters.clientOf(clusterId))
  } catch (error) {
    if (!isFairleadError(error)) throw error
    const gone = error.code === 'not_found' ? 'The cluster is no longer registered.' : error.message
    if (isTransient(error) || error.code === 'not_found') return { reachable: false, reason: gone }
    throw error
  }
}

interface Seen {
  readonly manifest: KubeManifest
  readonly live: KubeObject | null
}

async function look(client: KubeClient, request: TargetRequest): Promise<TargetLive> {
  const { target, application, stage, now } = request
  const placed = placeIn(request.release.objects, target.namespace)
  const see = async (manifest: KubeManifest): Promise<Seen> => ({
    manifest,
    live: await liveOf(client, manifest),
  })
  const wanted = request.wayBack ? placed.filter((object) => !isRunOnce(object)) : placed
  const judged = await Promise.all(wanted.filter(isJudged).map(see))
  const workloads = await Promise.all(
    judged.map(({ manifest, live }) =>
      live === null
        ? missing(request, manifest)
        : observeWorkload({ client, application, applied: target.applied, now }, live),
    ),
  )
  const settled = workloads.every(({ verdict }) => isSettled(verdict))
  const others = settled
    ? await Promise.all(wanted.filter((object) => !isJudged(object) && object.kind !== 'Namespace').map(see))
    : []
  const seen = [...judged, ...others]
  const adrift = seen
    .filter(({ manifest, live }) => !carries(live, request) && !(live === null && hasRun(request, manifest)))
    .map(({ manifest }) => wordsOf(identityOf(manifest)))
  const away =
    request.comesHome === true ? others.filter(isAway).map(({ manifest }) => manifest.metadata.name) : []
  const candidates = settled && adrift.length === 0 && away.length === 0 ? stillToPrune(request, placed) : []
  const owned = await Promise.all(
    candidates.map(async (identity) =>
      (await liveOwned(client, identity, { application, stage })) === null ? [] : [identity],
    ),
  )
  return {
    reachable: true,
    workloads,
    adrift,
    prunable: owned.flat(),
    ...(away.length === 0 ? {} : { away }),
    begun: seen.some(({ live }) => live !== null && labelOf(live, 'rollout') === request.rolloutId),
  }
}

const isAway = ({ manifest, live }: Seen): boolean =>
  manifest.kind === 'Service' &&
  live !== null &&
  hashOf(trafficOf(live) ?? null) !== hashOf(trafficOf(manifest) ?? null)

const missing = (request: TargetRequest, manifest: KubeManifest) =>
  hasRun(request, manifest) ? vanishedJob(manifest) : absentWorkload(manifest)

/** Made by this rollout and gone since, as ttlSecondsAfterFinished has it: made again, it would run again. */
const hasRun = ({ target, release }: TargetRequest, manifest: KubeManifest): boolean =>
  isRunOnce(manifest) &&
  target.applied.releaseId === release.id &&
  Object.hasOwn(target.applied.objects, keyOf(manifest))

/** A custom object whose definition somebody deleted went with it. */
const liveOf = (client: KubeClient, manifest: KubeManifest): Promise<KubeObject | null> =>
  getObject(client, identityOf(manifest)).catch((error: unknown) => {
    if (isFairleadError(error) && error.code === 'not_found') return null
    throw error
  })

function stillToPrune({ earlier, target }: TargetRequest, placed: readonly KubeManifest[]) {
  const { touched, kept } = target.applied
  const keys = new Set([...earlier.map(objectKey), ...touched].filter((key) => !kept.includes(key)))
  return noLonger([...keys].map(identityOfKey), placed.map(identityOf))
}

function carries(live: KubeObject | null, request: TargetRequest): boolean {
  if (live === null) return false
  if (request.rolloutId === null) return belongsTo(live, request)
  return labelOf(live, 'rollout') === request.rolloutId && labelOf(live, 'release') === request.release.id
}
