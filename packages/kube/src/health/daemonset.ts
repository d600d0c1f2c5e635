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
  text,
  verdict,
  type VerdictContext,
} from './read-status'
import { refusedByEvents } from './refusal'
import { rollingCounts } from './rolling-counts'

const templateGeneration = 'deprecated.daemonset.template.generation'
const specSchema = z.object({
  updateStrategy: z
    .object({
      type: z.string().catch('RollingUpdate'),
      rollingUpdate: z.record(z.string(), z.unknown()).catch({}),
    })
    .catch({ type: 'RollingUpdate', rollingUpdate: {} }),
})
const statusSchema = z.object({
  observedGeneration: observedSchema,
  desiredNumberScheduled: count,
  currentNumberScheduled: count,
  updatedNumberScheduled: count,
  numberReady: count,
  numberAvailable: count,
})

/** Pods carry the template's generation as a label, the DaemonSet as an annotation; both survive their deprecation. */
function newPods(set: KubeObject, pods: readonly KubeObject[]): readonly KubeObject[] {
  const generation = set.metadata.annotations?.[templateGeneration]
  return pods.filter(
    (pod) =>
      isOwnedBy(pod, set.metadata.uid) &&
      generation !== undefined &&
      pod.metadata.labels?.['pod-template-generation'] === generation,
  )
}

const podSchema = z.object({ nodeName: text })
const nodeSchema = z.object({ conditions: conditionsSchema })

/** Nodes that are not ready and hold a pod of the set: no other pod of it can stand in for theirs. */
function sickNodes(set: KubeObject, { pods = [], nodes = [] }: VerdictContext): readonly Evidence[] {
  const held = new Set(
    pods
      .filter((pod) => isOwnedBy(pod, set.metadata.uid))
      .map((pod) => readPart(podSchema, pod['spec']).nodeName),
  )
  return nodes.flatMap((node): Evidence[] => {
    const ready = findCondition(readPart(nodeSchema, node['status']).conditions, 'Ready')
    if (!held.has(node.metadata.name) || ready === undefined || ready.status === 'True') return []
    return [
      {
        reason: 'NodeNotReady',
        message: ready.message || ready.reason || 'The node is not ready',
        objectKind: 'Node',
        objectName: node.metadata.name,
        since: ready.lastTransitionTime ?? null,
      },
    ]
  })
}

export function daemonSetVerdict(set: KubeObject, context: VerdictContext): Verdict {
  const { updateStrategy } = readPart(specSchema, set['spec'])
  const status = readPart(statusSchema, set['status'])
  const generations = generationsOf(set, status.observedGeneration ?? null, context.minGeneration)
  const onDelete = updateStrategy.type === 'OnDelete'
  const desired = status.desiredNumberScheduled
  const rolling = rollingCounts(updateStrategy.rollingUpdate, desired, { maxSurge: 0, maxUnavailable: 1 })
  const updated = status.updatedNumberScheduled
  const available = status.numberAvailable
  const replicas = {
    desired,
    current: status.currentNumberScheduled,
    updated,
    ready: status.numberReady,
    available,
    surge: onDelete ? null : rolling.surge,
    unavailable: onDelete ? null : rolling.unavailable,
  }
  const refused = status.currentNumberScheduled < desired ? refusedByEvents(set, context) : []
  const evidence = generations.current
    ? [...refused, ...podsEvidence(newPods(set, context.pods ?? []), context.now)]
    : []
  const sick = generations.current ? sickNodes(set, context) : []
  const judge = (state: Verdict['state'], message: string) =>
    verdict(generations, { state, message, replicas, evidence: [...evidence, ...sick] })
  const [first] = evidence
  const [node] = sick
  const behind = node === undefined ? '' : `; node ${node.objectName} is not ready: ${node.message}`

  if (!generations.current) return judge('progressing', notObserved)
  if (desired === 0) return judge('unproven', 'No node matches: nothing shows that this revision works')
  if (updated >= desired && available >= desired)
    return judge('converged', `${available} of ${desired} nodes available`)
  if (onDelete && updated < desired)
    return judge('paused', `Applied, waiting for pod deletion: ${updated} of ${desired} on the new revision`)
  const waiting =
    updated < desired
      ? `${updated} of ${desired} nodes updated${behind}`
      : `${available} of ${desired} nodes available${behind}`
  return first === undefined
    ? judge('progressing', waiting)
    : judge('degraded', `${waiting}; ${first.reason}: ${first.message}`)
}
