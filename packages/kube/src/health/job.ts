import type { Evidence, Verdict } from '@fairlead/contracts/verdict'
import { z } from 'zod'
import type { KubeObject } from '../kube-object'
import { podsEvidence } from './pod'
import {
  conditionsSchema,
  count,
  findCondition,
  isOwnedBy,
  isTrue,
  readPart,
  verdict,
  type VerdictContext,
} from './read-status'
import { refusedByEvents } from './refusal'

const specSchema = z.object({
  completions: z.number().int().nullish().catch(null),
  parallelism: z.number().int().nullish().catch(null),
  suspend: z.boolean().catch(false),
})
const statusSchema = z.object({
  active: count,
  ready: count,
  succeeded: count,
  failed: count,
  conditions: conditionsSchema,
})

export function jobVerdict(job: KubeObject, context: VerdictContext): Verdict {
  const spec = readPart(specSchema, job['spec'])
  const status = readPart(statusSchema, job['status'])
  const desired = spec.completions ?? spec.parallelism ?? 1
  const generations = { generation: job.metadata.generation ?? null, observedGeneration: null, current: true }
  const replicas = {
    desired,
    current: status.active,
    updated: status.active + status.succeeded,
    ready: status.ready,
    available: status.succeeded,
    surge: null,
    unavailable: null,
  }
  const pods = (context.pods ?? []).filter((pod) => isOwnedBy(pod, job.metadata.uid))
  const none = status.active === 0 && pods.length === 0
  const evidence = [...(none ? refusedByEvents(job, context) : []), ...podsEvidence(pods, context.now)]
  const judge = (state: Verdict['state'], message: string, found: readonly Evidence[] = evidence) =>
    verdict(generations, { state, message, replicas, evidence: found })
  const done = `${status.succeeded} of ${desired} completed`

  const failed = findCondition(status.conditions, 'Failed')
  if (failed?.status === 'True') {
    const own: Evidence = {
      reason: failed.reason || 'JobFailed',
      message: failed.message || 'The job failed',
      objectKind: 'Job',
      objectName: job.metadata.name,
      since: failed.lastTransitionTime ?? null,
    }
    return judge('degraded', `Failed: ${own.message}`, [own, ...evidence])
  }
  if (isTrue(status.conditions, 'Complete')) return judge('converged', done, [])
  if (spec.suspend) return judge('paused', `Suspended; ${done}`)
  if (isTrue(status.conditions, 'FailureTarget'))
    return judge('degraded', `Failing, its pods are being ended; ${done}`)
  const [first] = evidence
  // A failed pod is an attempt: the Job's own backoff limit decides, so it goes on.
  const blocked = first !== undefined && first.reason !== 'PodFailed' && status.ready === 0
  if (blocked) return judge('degraded', `${done}; ${first.reason}: ${first.message}`)
  const attempts = status.failed === 0 ? '' : `, ${status.failed} attempts failed`
  return judge('progressing', `${done}, ${status.active} running${attempts}`)
}
