/**
 * WHEN A SCHEDULE RUNS. A cron pattern names times on the wall clock of its zone: zone-clock.ts is that clock, and
 * local-text.ts says what it shows.
 * - A pattern with particular hours (`30 2 * * *`, `0 0,12 * * *`, also every second hour) names nominal times. Each
 *   runs exactly once: at the first instant at which the clock shows it or later. So a time that the spring change
 *   skips runs at the first instant after the gap, and one that the autumn change repeats runs at its first occurrence.
 *   Nominal times that meet in one instant are one run.
 * - A pattern that matches all 24 hours (`0 * * * *`, every five minutes) follows the real clock: it runs whenever the
 *   clock shows a matching time, so in both occurrences of a repeated hour, and a skipped hour is no hour at all.
 * croner alone differs (a list or step of minutes in one hour runs twice, or not at all), so it counts in UTC here and
 * zone-clock.ts turns wall times into instants. A violation: a time is named by anything else than these functions.
 */
import type { ScheduleSpec } from '@fairlead/contracts/workflow-document'
import { Cron } from 'croner'
import { isZone, zoneClock, type ZoneClock } from './zone-clock'

export type Timetable = Pick<ScheduleSpec, 'cron' | 'timezone'>

interface Pattern {
  /** The next matching wall time, strictly later. */
  next(wall: number): number | null
  readonly everyHour: boolean
}

// Parsing is a pure function of the text and slow beside asking for one time: the newest patterns are remembered.
const patterns = new Map<string, Pattern>()
const maxPatterns = 2_000

function patternOf(cron: string): Pattern {
  const known = patterns.get(cron)
  if (known !== undefined) return known
  const pattern = parsePattern(cron)
  const [oldest] = patterns.keys()
  if (patterns.size >= maxPatterns && oldest !== undefined) patterns.delete(oldest)
  patterns.set(cron, pattern)
  return pattern
}

const inUtc = { mode: '5-part', utcOffset: 0 } as const
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** A day like any other, to ask croner what a field means. */
const someDay = Date.UTC(2001, 0, 1)

/** Matches of `cron` in [someDay, someDay + lengthMs), counted in `unitMs`. */
const matchesIn = (cron: string, lengthMs: number, unitMs: number): number[] =>
  new Cron(cron, inUtc)
    .nextRuns(lengthMs / unitMs, new Date(someDay - 1_000))
    .map((time) => time.getTime() - someDay)
    .filter((time) => time < lengthMs)
    .map((time) => time / unitMs)

/** croner finds the days, which is the hard part and slow; the times of a day are the same on all of them. */
function parsePattern(cron: string): Pattern {
  const [minute = '', hour = '', ...day] = cron.trim().split(/\s+/)
  const days = new Cron(`0 0 ${day.join(' ')}`, inUtc)
  const hours = matchesIn(`0 ${hour} * * *`, dayMs, hourMs)
  const minutes = matchesIn(`${minute} * * * *`, hourMs, minuteMs)
  const times = hours.flatMap((one) => minutes.map((other) => one * hourMs + other * minuteMs))
  const dayAfter = (wall: number): number | null => days.nextRun(new Date(wall))?.getTime() ?? null
  let today = Number.NaN
  return {
    next: (wall) => {
      const start = Math.floor(wall / dayMs) * dayMs
      if (start !== today && dayAfter(start - 1_000) === start) today = start
      const time = start === today ? times.find((one) => start + one > wall) : undefined
      if (time !== undefined) return start + time
      const [first] = times
      const next = dayAfter(start)
      return next === null || first === undefined ? null : next + first
    },
    everyHour: hours.length === 24,
  }
}

/** Why a schedule can't be followed; null when it can. A pattern that never matches is a problem too. */
export function scheduleProblem({ cron, timezone }: Timetable): {
  readonly path: 'cron' | 'timezone'
  readonly message: string
  readonly expected: string
} | null {
  const expected = 'five fields: minute hour day-of-month month day-of-week, e.g. "30 2 * * *"'
  if (cron.trim().split(/\s+/).length !== 5)
    return { path: 'cron', message: 'A cron pattern has five fields.', expected }
  try {
    if (patternOf(cron).next(Date.UTC(2001, 0, 1)) === null)
      return { path: 'cron', message: 'This cron pattern never matches a day.', expected }
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)
    return { path: 'cron', message, expected }
  }
  return isZone(timezone)
    ? null
    : {
        path: 'timezone',
        message: `There is no time zone "${timezone}".`,
        expected: 'a name of the IANA time zone database, e.g. "Europe/Kyiv"',
      }
}

/** The first time of the schedule strictly after `after`; null when there is none. */
export function nextTime({ cron, timezone }: Timetable, after: Date): Date | null {
  const pattern = patternOf(cron)
  const clock = zoneClock(timezone)
  const found = (pattern.everyHour ? nextReal : nextNominal)(pattern, clock, after.getTime())
  return found === null ? null : new Date(found)
}

function nextNominal(pattern: Pattern, clock: ZoneClock, after: number): number | null {
  let wall = pattern.next(clock.wallAt(after))
  while (wall !== null) {
    const instant = clock.firstInstantOf(wall)
    if (instant > after) return instant
    wall = pattern.next(wall)
  }
  return null
}

function nextReal(pattern: Pattern, clock: ZoneClock, after: number): number | null {
  let from = after
  for (;;) {
    const offset = clock.offsetAt(from)
    const wall = pattern.next(from + offset)
    if (wall === null) return null
    const [change] = clock.transitions(from, wall - offset)
    if (change === undefined) return wall - offset
    const shown = change.at + change.offsetMs
    if (pattern.next(shown - 1_000) === shown) return change.at
    from = change.at
  }
}

/** Whether it matches all 24 hours, and so keeps to the real clock when the one on the wall is moved. */
export const followsRealClock = ({ cron }: Timetable): boolean => patternOf(cron).everyHour

/** Times in [from, to], oldest first, at most `cap`. */
export function timesBetween(schedule: Timetable, from: Date, to: Date, cap: number): Date[] {
  const times: Date[] = []
  let time = nextTime(schedule, new Date(from.getTime() - 1))
  while (time !== null && time <= to && times.length < cap) {
    times.push(time)
    time = nextTime(schedule, time)
  }
  return times
}

/** The newest times in (after, to], oldest first, at most `count`; `older` says that there are more before them. */
export function newestTimes(
  schedule: Timetable,
  { after, to }: { readonly after: Date; readonly to: Date },
  count: number,
): { readonly times: Date[]; readonly older: boolean } {
  // Nothing is as dense as once a minute, so a window of as many minutes holds no more; widened until it holds enough.
  let spanMs = (count + 1) * 60_000
  for (;;) {
    const start = Math.max(after.getTime(), to.getTime() - spanMs)
    const times = timesBetween(schedule, new Date(start + 1), to, Number.POSITIVE_INFINITY)
    if (times.length > count) return { times: times.slice(-count), older: true }
    if (start === after.getTime()) return { times, older: false }
    spanMs *= 2
  }
}

export function isSlot(schedule: Timetable, time: Date): boolean {
  return nextTime(schedule, new Date(time.getTime() - 1))?.getTime() === time.getTime()
}
