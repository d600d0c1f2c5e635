import { recordIn, timeIn } from '@fairlead/contracts/loose-json'

/** series.lastObservedTime, lastTimestamp, eventTime, creation: whichever the source filled in. */
export function eventTime(event: unknown): string | null {
  const loose = recordIn(event)
  return (
    timeIn(recordIn(loose['series'])['lastObservedTime']) ??
    timeIn(loose['lastTimestamp']) ??
    timeIn(loose['eventTime']) ??
    timeIn(recordIn(loose['metadata'])['creationTimestamp'])
  )
}
