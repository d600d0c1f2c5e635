import { newestTimes, nextTime, timesBetween, type Timetable } from '@fairlead/timetable/schedule'

/** [from, until), in milliseconds since 1970. */
export interface Span {
  readonly from: number
  readonly until: number
}

/** When a window lasts: from each time of a timetable for `durationMs` of real time, or once. */
export type Times =
  | { readonly kind: 'recurring'; readonly timetable: Timetable; readonly durationMs: number }
  | ({ readonly kind: 'once' } & Span)

/** The span that holds `at` and lasts longest; null when none does. */
export function spanAt(times: Times, at: number): Span | null {
  if (times.kind === 'once') return at >= times.from && at < times.until ? times : null
  const { timetable, durationMs } = times
  // All last equally long: the newest ends last.
  const newest = newestTimes(timetable, { after: new Date(at - durationMs), to: new Date(at) }, 1).times[0]
  return newest === undefined ? null : { from: newest.getTime(), until: newest.getTime() + durationMs }
}

/** The first span that begins strictly after `after`. */
export function nextSpan(times: Times, after: number): Span | null {
  if (times.kind === 'once') return times.from > after ? times : null
  const start = nextTime(times.timetable, new Date(after))?.getTime()
  return start === undefined ? null : { from: start, until: start + times.durationMs }
}

/** Where spans that begin before the one before them ends come to an end, beginning with the one that holds `at`. */
export function runEnd(times: Times, at: number, horizon: number): number | null {
  const span = spanAt(times, at)
  if (span === null || times.kind === 'once') return span?.until ?? null
  let { from, until } = span
  for (let step = 0; step < maxJoined && until <= horizon; step++) {
    const next = nextSpan(times, from)
    if (next === null || next.from > until) return until
    ;({ from, until } = next)
  }
  return until
}

/** Spans that touch [from, to), those that meet joined, at most `cap` of them; uncut. */
export function spansIn(times: Times, { from, until: to }: Span, cap: number): Span[] {
  if (times.kind === 'once') return times.from < to && times.until > from ? [times] : []
  const { timetable, durationMs } = times
  const joined: Span[] = []
  for (const start of timesBetween(timetable, new Date(from - durationMs + 1), new Date(to - 1), maxStarts)) {
    const span = { from: start.getTime(), until: start.getTime() + durationMs }
    const last = joined.at(-1)
    if (last !== undefined && span.from <= last.until)
      joined[joined.length - 1] = { ...last, until: span.until }
    else if (joined.length === cap) break
    else joined.push(span)
  }
  return joined
}

/** As many as every minute of a hundred days. */
const maxStarts = 150_000
/** As many as every hour of a year. */
const maxJoined = 10_000
