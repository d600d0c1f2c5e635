import type { Evidence } from '@fairlead/contracts/verdict'
import { z } from 'zod'
import type { KubeObject } from '../kube-object'
import { findCondition, isOwnedBy, readPart, text, type Condition, type VerdictContext } from './read-status'

/** Why the API server takes no pod of a workload, by what admission says. */
const refusals = [
  ['QuotaExceeded', /exceeded quota|failed quota/],
  ['ServiceAccountMissing', /error looking up service account/],
  [
    'AdmissionDenied',
    /denied the request|denied request|violates PodSecurity|failed calling webhook|is forbidden/,
  ],
] as const
/** Reasons of evidence that no pod can be created; the last is the controllers' own word for what is none of these. */
export const refusalReasons = [...refusals.map(([reason]) => reason), 'FailedCreate'] as const

/** `pods "web-" is forbidden: exceeded quota: team, requested: pods=1, …` → who refuses, and in which words. */
export function refusalOf(said: string, object: KubeObject, since: string | null): Evidence {
  const reason = refusals.find(([, words]) => words.test(said))?.[0] ?? 'FailedCreate'
  const message = /pods "[^"]*" is forbidden: (.*)/s.exec(said)?.[1] ?? said
  const quota =
    reason === 'QuotaExceeded' ? /(?:exceeded|failed) quota: ([\w.-]*\w)/.exec(said)?.[1] : undefined
  return {
    reason,
    message: message === '' ? 'Its pods cannot be created' : message.slice(0, 500),
    objectKind: quota === undefined ? object.kind : 'ResourceQuota',
    objectName: quota ?? object.metadata.name,
    since,
  }
}

/** Deployments and ReplicaSets say it themselves. */
export function refusedByCondition(
  object: KubeObject,
  conditions: readonly Condition[],
): readonly Evidence[] {
  const failure = findCondition(conditions, 'ReplicaFailure')
  if (failure?.status !== 'True') return []
  return [refusalOf(failure.message || failure.reason, object, failure.lastTransitionTime ?? null)]
}

const time = z.string().nullish().catch(null)
const eventSchema = z.object({
  reason: text,
  message: text,
  lastTimestamp: time,
  eventTime: time,
  involvedObject: z.object({ uid: text }).catch({ uid: '' }),
  series: z.object({ lastObservedTime: time }).nullish().catch(null),
})
const at = (value: string | null | undefined): number => Date.parse(value ?? '') || 0

/**
 * Of other workloads only events tell. One counts while it is younger than the object's last change and than its newest
 * pod: what was refused before either was another try.
 */
export function refusedByEvents(
  object: KubeObject,
  { events = [], pods = [] }: VerdictContext,
): readonly Evidence[] {
  const { uid, managedFields = [] } = object.metadata
  const changed = managedFields
    .filter(({ subresource }) => subresource === undefined)
    .map((entry) => at(entry.time))
  const created = pods
    .filter((pod) => isOwnedBy(pod, uid))
    .map(({ metadata }) => at(metadata.creationTimestamp))
  const since = Math.max(0, ...changed, ...created)
  const [last] = events
    .map((event) => readPart(eventSchema, event))
    .filter((event) => event.involvedObject.uid === uid && event.reason === 'FailedCreate')
    .map(({ message, ...event }) => ({
      message,
      seenAt: Math.max(at(event.series?.lastObservedTime), at(event.lastTimestamp), at(event.eventTime)),
    }))
    .filter(({ seenAt }) => seenAt >= since)
    .toSorted((left, right) => right.seenAt - left.seenAt)
  return last === undefined ? [] : [refusalOf(last.message, object, new Date(last.seenAt).toISOString())]
}
