import type { Verdict } from '@fairlead/contracts/verdict'
import { z } from 'zod'
import type { KubeObject } from '../kube-object'
import { podsEvidence } from './pod'
import {
  conditionsSchema,
  count,
  generationsOf,
  isOwnedBy,
  notObserved,
  observedSchema,
  readPart,
  verdict,
  type VerdictContext,
} from './read-status'
import { refusedByCondition } from './refusal'

const specSchema = z.object({ replicas: z.number().int().catch(1) })
const statusSchema = z.object({
  observedGeneration: observedSchema,
  replicas: count,
  readyReplicas: count,
  availableReplicas: count,
  conditions: conditionsSchema,
})

export function replicaSetVerdict(set: KubeObject, context: VerdictContext): Verdict {
  const { replicas: desired } = readPart(specSchema, set['spec'])
  const status = readPart(statusSchema, set['status'])
  const generations = generationsOf(set, status.observedGeneration ?? null, context.minGeneration)
  const available = status.availableReplicas
  const pods = (context.pods ?? []).filter((pod) => isOwnedBy(pod, set.metadata.uid))
  const evidence = generations.current
    ? [...refusedByCondition(set, status.conditions), ...podsEvidence(pods, context.now)]
    : []
  const replicas = {
    desired,
    current: status.replicas,
    updated: status.replicas,
    ready: status.readyReplicas,
    available,
    surge: null,
    unavailable: null,
  }
  const judge = (state: Verdict['state'], message: string) =>
    verdict(generations, { state, message, replicas, evidence })
  const [first] = evidence
  const words = `${available} of ${desired} available`
  if (!generations.current) return judge('progressing', notObserved)
  if (desired === 0 && status.replicas === 0) return judge('unproven', 'Scaled to 0')
  if (status.replicas === desired && available === desired) return judge('converged', words)
  return first === undefined
    ? judge('progressing', words)
    : judge('degraded', `${words}; ${first.reason}: ${first.message}`)
}
