import type { Verdict } from '@fairlead/contracts/verdict'
import { z } from 'zod'
import type { KubeObject } from '../kube-object'
import { podsEvidence } from './pod'
import { podStatusSchema } from './pod-parts'
import {
  count,
  generationsOf,
  isOwnedBy,
  isTrue,
  notObserved,
  observedSchema,
  readPart,
  text,
  verdict,
  type VerdictContext,
} from './read-status'
import { refusedByEvents } from './refusal'
import { rollingCounts } from './rolling-counts'

const hashLabel = 'controller-revision-hash'
const specSchema = z.object({
  replicas: z.number().int().catch(1),
  podManagementPolicy: z.string().catch('OrderedReady'),
  ordinals: z.object({ start: count }).catch({ start: 0 }),
  updateStrategy: z
    .object({
      type: z.string().catch('RollingUpdate'),
      rollingUpdate: z
        .object({ partition: count, maxUnavailable: z.unknown().optional() })
        .catch({ partition: 0, maxUnavailable: undefined }),
    })
    .catch({ type: 'RollingUpdate', rollingUpdate: { partition: 0, maxUnavailable: undefined } }),
})
const statusSchema = z.object({
  observedGeneration: observedSchema,
  replicas: count,
  updatedReplicas: count,
  readyReplicas: count,
  availableReplicas: count,
  currentRevision: text,
  updateRevision: text,
})

const ownPods = (set: KubeObject, pods: readonly KubeObject[]) =>
  pods.filter((pod) => isOwnedBy(pod, set.metadata.uid) && pod.metadata.deletionTimestamp === undefined)

const ordinalOf = (pod: KubeObject): number => Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? Number.NaN)

/**
 * The pod that holds an OrderedReady StatefulSet up for ever (kubernetes#67250): the first that is not ready, if it is not
 * of the revision that its replacement would get. Once the template is right, deleting it lets the set go on; deleting it
 * before would recreate it as it was. So nothing is stuck until the controller has observed our own apply, nor where the
 * partition would bring the same revision back, nor where a person deletes pods (OnDelete).
 */
export function stuckPod(set: KubeObject, context: VerdictContext): KubeObject | null {
  const spec = readPart(specSchema, set['spec'])
  const status = readPart(statusSchema, set['status'])
  const { current } = generationsOf(set, status.observedGeneration ?? null, context.minGeneration)
  if (!current || status.updateRevision === '' || set.metadata.deletionTimestamp !== undefined) return null
  if (spec.podManagementPolicy !== 'OrderedReady' || spec.updateStrategy.type === 'OnDelete') return null
  const isReady = (pod: KubeObject): boolean =>
    isTrue(readPart(podStatusSchema, pod['status']).conditions, 'Ready')
  const [first] = ownPods(set, context.pods ?? [])
    .filter((pod) => !isReady(pod))
    .toSorted((left, right) => ordinalOf(left) - ordinalOf(right))
  if (first === undefined) return null
  const kept = spec.ordinals.start + spec.updateStrategy.rollingUpdate.partition
  const wanted = ordinalOf(first) < kept ? status.currentRevision : status.updateRevision
  return first.metadata.labels?.[hashLabel] === wanted ? null : first
}

function readCounts(set: KubeObject) {
  const spec = readPart(specSchema, set['spec'])
  const status = readPart(statusSchema, set['status'])
  const { maxUnavailable } = spec.updateStrategy.rollingUpdate
  const rolling = rollingCounts({ maxUnavailable }, spec.replicas, { maxSurge: 0, maxUnavailable: 1 })
  const onDelete = spec.updateStrategy.type === 'OnDelete'
  const replicas = {
    desired: spec.replicas,
    current: status.replicas,
    updated: status.updatedReplicas,
    ready: status.readyReplicas,
    // Available, not ready: minReadySeconds counts.
    available: status.availableReplicas,
    surge: onDelete ? null : 0,
    unavailable: onDelete ? null : rolling.unavailable,
  }
  return { spec, status, replicas, onDelete, partition: spec.updateStrategy.rollingUpdate.partition }
}

/** How many pods must be of the new revision; the rest is held back by `partition`. */
const wantedUpdates = ({ replicas, partition }: ReturnType<typeof readCounts>): number =>
  Math.max(0, replicas.desired - partition)

function waitingFor(
  { desired, updated, available }: ReturnType<typeof readCounts>['replicas'],
  wanted: number,
  stuck: KubeObject | null,
): string {
  const behind =
    stuck === null ? '' : `; waits behind ${stuck.metadata.name}, which is not ready and of another revision`
  return (
    (updated < wanted
      ? `${updated} of ${wanted} pods updated`
      : `${available} of ${desired} pods available`) + behind
  )
}

export function statefulSetVerdict(set: KubeObject, context: VerdictContext): Verdict {
  const counts = readCounts(set)
  const { status, replicas, onDelete, partition } = counts
  const { desired, current, updated, available } = replicas
  const generations = generationsOf(set, status.observedGeneration ?? null, context.minGeneration)
  const pods = context.pods ?? []
  const ofNewRevision = ownPods(set, pods).filter(
    (pod) => pod.metadata.labels?.[hashLabel] === status.updateRevision,
  )
  const refused = current < desired ? refusedByEvents(set, context) : []
  const evidence = generations.current ? [...refused, ...podsEvidence(ofNewRevision, context.now)] : []
  const judge = (state: Verdict['state'], message: string) =>
    verdict(generations, { state, message, replicas, evidence })
  const changing = status.updateRevision !== status.currentRevision
  const [first] = evidence

  if (!generations.current) return judge('progressing', notObserved)
  if (onDelete && updated < current)
    return judge('paused', `Applied, waiting for pod deletion: ${updated} of ${desired} on the new revision`)
  if (desired === 0 && current === 0)
    return judge('unproven', 'Scaled to 0: nothing shows that this revision works')
  if (!onDelete && changing && partition >= desired)
    return judge('unproven', `Partition ${partition} holds back all ${desired} pods: nothing was updated`)
  // Not changing means that every pod belongs to the one revision, a rollback in the middle of an update included.
  const wanted = onDelete || !changing ? desired : wantedUpdates(counts)
  const complete = updated >= wanted && current === desired && available === desired
  if (complete && changing && wanted < desired)
    return judge(
      'converged',
      `${updated} of ${desired} on the new revision, the rest held back by partition ${partition}`,
    )
  if (complete) return judge('converged', `${available} of ${desired} available`)
  const waiting = waitingFor(replicas, wanted, stuckPod(set, context))
  return first === undefined
    ? judge('progressing', waiting)
    : judge('degraded', `${waiting}; ${first.reason}: ${first.message}`)
}
