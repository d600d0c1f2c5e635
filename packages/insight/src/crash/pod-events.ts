import { eventTime } from '../event-time'
import { recordIn, textIn } from '@fairlead/contracts/loose-json'

export interface PodEvent {
  readonly reason: string
  readonly message: string
  /** `spec.containers{web}` → web; null when it is about the whole pod. */
  readonly container: string | null
  readonly at: string
}

const containerIn = (fieldPath: string): string | null => /\{([^}]+)\}$/.exec(fieldPath)?.[1] ?? null

/** Newest first. */
export const readEvents = (events: readonly unknown[]): readonly PodEvent[] =>
  events
    .map((event) => {
      const loose = recordIn(event)
      return {
        reason: textIn(loose['reason']),
        message: textIn(loose['message']),
        container: containerIn(textIn(recordIn(loose['involvedObject'])['fieldPath'])),
        at: eventTime(event) ?? '',
      }
    })
    .toSorted((left, right) => right.at.localeCompare(left.at))

/** The newest event with this reason whose message matches, of the container or of no container in particular. */
export const newest = (
  events: readonly PodEvent[],
  wanted: { readonly reason: string; readonly container: string; readonly says: RegExp },
): PodEvent | undefined =>
  events.find(
    ({ reason, message, container }) =>
      reason === wanted.reason &&
      (container === null || container === wanted.container) &&
      wanted.says.test(message),
  )
