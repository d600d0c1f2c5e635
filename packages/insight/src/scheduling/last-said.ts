import type { Comparison } from '@fairlead/contracts/pod-why'
import { eventTime } from '../event-time'
import { recordIn, recordsIn, textIn, timeIn } from '@fairlead/contracts/loose-json'

type Said = NonNullable<Comparison['scheduler']>

function newestEvent(events: readonly unknown[]): Said | null {
  const [newest] = events
    .filter((event) => recordIn(event)['reason'] === 'FailedScheduling')
    .map((event) => ({
      message: textIn(recordIn(event)['message'] ?? recordIn(event)['note']),
      from: 'event' as const,
      at: eventTime(event),
    }))
    .toSorted((left, right) => (right.at ?? '').localeCompare(left.at ?? ''))
  return newest ?? null
}

function conditionOf(pod: unknown): Said | null {
  const scheduled = recordsIn(recordIn(recordIn(pod)['status'])['conditions']).find(
    (condition) => condition['type'] === 'PodScheduled' && condition['status'] === 'False',
  )
  const message = textIn(scheduled?.['message'])
  if (message === '') return null
  return { message, from: 'condition', at: timeIn(scheduled?.['lastTransitionTime']) }
}

/**
 * What kube-scheduler last said of a pod. Its event tells when; the condition holds the whole text of the last attempt,
 * where events are cut at 1024 bytes, sent sparingly, and gone after an hour.
 */
export function lastSaid(pod: unknown, events: readonly unknown[]): Said | null {
  const event = newestEvent(events)
  const condition = conditionOf(pod)
  if (event === null || condition === null) return event ?? condition
  return event.message === condition.message ? event : condition
}
