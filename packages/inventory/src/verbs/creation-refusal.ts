import type { EventRow } from '@fairlead/contracts/inventory'
import type { CreationRefusal } from '@fairlead/contracts/pod-why'
import { explainCreation } from '@fairlead/insight/creation/explain'
import type { Condition } from '../summarize/summarized'

interface Seen {
  readonly conditions: readonly Condition[]
  readonly replicas: { readonly desired: number; readonly current: number } | null
  /** Newest first. */
  readonly events: readonly EventRow[]
  readonly now: Date
}

/** Controllers without such a condition try again and again, and say so each time: an older event is history. */
const freshMs = 10 * 60_000

/** Deployments and ReplicaSets keep the refusal in a condition; of the others the newest event tells, while pods lack. */
export function creationRefusal({ conditions, replicas, events, now }: Seen): CreationRefusal | null {
  const failure = conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True')
  if (failure !== undefined) return explainCreation(failure.message)
  if (replicas === null || replicas.current >= replicas.desired) return null
  const event = events.find(({ reason }) => reason === 'FailedCreate')
  if (event === undefined || now.getTime() - Date.parse(event.lastAt) > freshMs) return null
  return explainCreation(event.message)
}
