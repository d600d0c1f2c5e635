import type { Evidence, Verdict } from '@fairlead/contracts/verdict'
import { z } from 'zod'
import type { KubeObject } from '../kube-object'
import { podsEvidence } from './pod'
import {
  conditionsSchema,
  count,
  findCondition,
  generationsOf,
  isOwnedBy,
  notObserved,
  observedSchema,
  readPart,
  verdict,
  type Condition,
  type VerdictContext,
} from './read-status'
import { refusedByCondition } from './refusal'
import { rollingCounts } from './rolling-counts'

const revisionAnnotation = 'deployment.kubernetes.io/revision'

const specSchema = z.object({
  replicas: z.number().int().catch(1),
  paused: z.boolean().catch(false),
  strategy: z
    .object({
      type: z.string().catch('RollingUpdate'),
      rollingUpdate: z.record(z.string(), z.unknown()).catch({}),
    })
    .catch({
      type: 'RollingUpdate',
      rollingUpdate: {},
    }),
})
const statusSchema = z.object({
  observedGeneration: observedSchema,
  replicas: count,
  updatedReplicas: count,
  readyReplicas: count,
  availableReplicas: count,
  conditions: conditionsSchema,
})

export const revisionOf = (object: KubeObject): number =>
  Number(object.metadata.annotations?.[revisionAnnotation] ?? 0) || 0

/**
 * By owner and revision, never by hash; on a tie the oldest is the one the controller uses. null while the caches lag:
 * the Deployment already names a revision whose ReplicaSet was not seen yet.
 */
export function newReplicaSet(deployment: KubeObject, replicaSets: readonly KubeObject[]): KubeObject | null {
  const owned = replicaSets.filter((set) => isOwnedBy(set, deployment.metadata.uid))
  const wanted = Math.max(revisionOf(deployment), ...owned.map(revisionOf))
  const created = (set: KubeObject) => set.metadata.creationTimestamp ?? ''
  const [oldest] = owned
    .filter((set) => revisionOf(set) === wanted)
    .toSorted((left, right) => created(left).localeCompare(created(right)))
  return oldest ?? null
}

function gather(
  deployment: KubeObject,
  conditions: readonly Condition[],
  context: VerdictContext,
): readonly Evidence[] {
  const current = newReplicaSet(deployment, context.replicaSets ?? [])
  const pods =
    current === null ? [] : (context.pods ?? []).filter((pod) => isOwnedBy(pod, current.metadata.uid))
  return [...refusedByCondition(deployment, conditions), ...podsEvidence(pods, context.now)]
}

function readCounts(deployment: KubeObject) {
  const spec = readPart(specSchema, deployment['spec'])
  const status = readPart(statusSchema, deployment['status'])
  const recreate = spec.strategy.type === 'Recreate'
  const rolling = rollingCounts(spec.strategy.rollingUpdate, spec.replicas, {
    maxSurge: '25%',
    maxUnavailable: '25%',
  })
  const replicas = {
    desired: spec.replicas,
    current: status.replicas,
    updated: status.updatedReplicas,
    ready: status.readyReplicas,
    available: status.availableReplicas,
    surge: recreate ? 0 : rolling.surge,
    unavailable: recreate ? spec.replicas : rolling.unavailable,
  }
  return { spec, status, replicas }
}

/** kubectl's order of waiting, in our words. */
function waitingFor({
  desired,
  current,
  updated,
  available,
}: ReturnType<typeof readCounts>['replicas']): string {
  if (updated < desired) return `${updated} of ${desired} pods updated`
  if (current > updated) return `${current - updated} old pods still to end`
  return `${available} of ${desired} updated pods available`
}

export function deploymentVerdict(deployment: KubeObject, context: VerdictContext): Verdict {
  const { spec, status, replicas } = readCounts(deployment)
  const generations = generationsOf(deployment, status.observedGeneration ?? null, context.minGeneration)
  const { desired, current, updated, available } = replicas
  // A status of an older generation is the previous rollout's verdict, its evidence included.
  const evidence = generations.current ? gather(deployment, status.conditions, context) : []
  const complete = generations.current && updated === desired && current === desired && available === desired
  const progressing = findCondition(status.conditions, 'Progressing')
  const exceeded =
    generations.current &&
    progressing?.status === 'False' &&
    progressing.reason === 'ProgressDeadlineExceeded'
  const judge = (state: Verdict['state'], message: string) =>
    verdict(generations, { state, message, replicas, evidence })
  const [first] = evidence

  if (spec.paused) {
    const also = exceeded
      ? `; ${progressing.message}`
      : first === undefined
        ? ''
        : `; ${first.reason}: ${first.message}`
    return judge(
      'paused',
      `Paused; ${complete ? `${available} of ${desired} available` : waitingFor(replicas)}${also}`,
    )
  }
  if (!generations.current) return judge('progressing', notObserved)
  if (complete && desired === 0)
    return judge('unproven', 'Scaled to 0: nothing shows that this revision works')
  if (complete)
    return judge(
      'converged',
      `${available} of ${desired} available${exceeded ? ', later than its progress deadline' : ''}`,
    )
  if (exceeded)
    return judge('deadline_exceeded', progressing.message || `No progress: ${waitingFor(replicas)}`)
  if (first !== undefined)
    return judge('degraded', `${waitingFor(replicas)}; ${first.reason}: ${first.message}`)
  return judge('progressing', waitingFor(replicas))
}
