const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** No zone has moved its clocks by more than a day. */
const widestShiftMs = 2 * dayMs

/** From `at` on, local time is UTC plus `offsetMs`; until then it was UTC plus `beforeMs`. */
export interface Transition {
  readonly at: number
  readonly beforeMs: number
  readonly offsetMs: number
}

/**
 * Clock of one zone. Instants are milliseconds since 1970; a wall time is what the clock on the wall shows, as
 * milliseconds since 1970 if that clock stood in UTC.
 */
export interface ZoneClock {
  offsetAt(instant: number): number
  wallAt(instant: number): number
  /** Changes of the offset in (after, to], oldest first. */
  transitions(after: number, to: number): readonly Transition[]
  /** The first instant at which the clock shows `wall` or later: inside a gap its end, of a repeated time the first. */
  firstInstantOf(wall: number): number
}

// What a zone's clock did in a year never changes, and asking Intl is slow: remembered, a few hundred zones at most.
const clocks = new Map<string, ZoneClock>()

/** Throws a RangeError when there is no such zone. */
export function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone)
  if (known !== undefined) return known
  const clock = createZoneClock(zone)
  clocks.set(zone, clock)
  return clock
}

export function isZone(zone: string): boolean {
  try {
    zoneClock(zone)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function createZoneClock(zone: string): ZoneClock {
  const measure = measureIn(zone)
  const years = new Map<number, Year>()
  const ofYear = (year: number): Year => {
    const known = years.get(year)
    if (known !== undefined) return known
    const [from, to] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)]
    const found = { offsetMs: measure(from), changes: findTransitions(measure, from, to) }
    years.set(year, found)
    return found
  }
  const transitions = (after: number, to: number): readonly Transition[] => {
    const found: Transition[] = []
    for (let year = yearOf(after); year <= yearOf(to); year++)
      for (const one of ofYear(year).changes) if (one.at > after && one.at <= to) found.push(one)
    return found
  }
  const offsetAt = (instant: number): number => {
    const { offsetMs, changes } = ofYear(yearOf(instant))
    return changes.findLast((one) => one.at <= instant)?.offsetMs ?? offsetMs
  }
  return {
    offsetAt,
    wallAt: (instant) => instant + offsetAt(instant),
    transitions,
    firstInstantOf: (wall) => {
      let from = wall - widestShiftMs
      let offsetMs = offsetAt(from)
      for (const next of transitions(from, wall + widestShiftMs)) {
        const instant = Math.max(from, wall - offsetMs)
        if (instant < next.at) return instant
        from = next.at
        offsetMs = next.offsetMs
      }
      return Math.max(from, wall - offsetMs)
    },
  }
}

interface Year {
  /** In its first instant. */
  readonly offsetMs: number
  readonly changes: readonly Transition[]
}

const yearOf = (instant: number): number => new Date(instant).getUTCFullYear()

/** `GMT`, `GMT+03:00`, `GMT-00:44:30`. */
const offsetPattern = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/

function measureIn(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const known = new Map<string, number>()
  return (instant) => {
    const text = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const before = known.get(text)
    if (before !== undefined) return before
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = offsetPattern.exec(text) ?? []
    const size = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000
    const offset = sign === '-' ? -size : size
    known.set(text, offset)
    return offset
  }
}

/** Looks once a day, then closes in to the second on each change. */
function findTransitions(measure: (instant: number) => number, from: number, to: number): Transition[] {
  const found: Transition[] = []
  // A change in the very first instant of a year belongs to it.
  let at = from - 1_000
  let offset = measure(at)
  while (at < to - 1_000) {
    const next = Math.min(at + dayMs, to - 1_000)
    const after = measure(next)
    if (after !== offset) {
      found.push({ at: closeIn(measure, at, next), beforeMs: offset, offsetMs: after })
    }
    at = next
    offset = after
  }
  return found
}

function closeIn(measure: (instant: number) => number, from: number, to: number): number {
  const before = measure(from)
  let low = from
  let high = to
  while (high - low > 1_000) {
    const middle = low + Math.floor((high - low) / 2_000) * 1_000
    if (measure(middle) === before) low = middle
    else high = middle
  }
  return high
}
