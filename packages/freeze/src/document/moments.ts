import { zoneClock } from '@fairlead/timetable/zone-clock'

/**
 * The instant that a document means: with an offset that instant; without, the first at which the clock on the wall of
 * the zone shows it or later, so the end of a gap and the first of a repeated time.
 */
export function momentOf(text: string, timezone: string): number {
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/.test(text)
  return hasOffset ? Date.parse(text) : zoneClock(timezone).firstInstantOf(Date.parse(`${text}Z`))
}
