import type { FreezeSpan } from '@fairlead/contracts/freeze'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** What a calendar draws of one span in one week: where it begins and how wide it is, of the whole week. */
export interface Bar {
  readonly span: FreezeSpan
  readonly left: number
  readonly width: number
  /** Bars that overlap lie in lanes below each other. */
  readonly lane: number
}

export interface Week {
  /** Midnight of each day and of the next Monday, in the viewer's zone: a day may have 23 or 25 hours. */
  readonly days: readonly number[]
  readonly bars: readonly Bar[]
  readonly lanes: number
}

/** What the clock of the zone shows then, as if it stood in UTC. */
function wallAt(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
}

/** Where the zone's clock shows this midnight; where its clock skips it, the first moment after. */
export function midnight(zone: string, wall: number): number {
  const guess = wall - (wallAt(zone, wall) - wall)
  const found = guess - (wallAt(zone, guess) - wall)
  return wallAt(zone, found) >= wall ? found : found + 60 * minuteMs
}

const mondayOf = (wall: number): number => {
  const day = Math.floor(wall / dayMs) * dayMs
  return day - ((new Date(day).getUTCDay() + 6) % 7) * dayMs
}

/** Monday of the week that holds `at`, as the date that an address carries: `2026-11-23`. */
export const weekOf = (zone: string, at: number): string =>
  new Date(mondayOf(wallAt(zone, at))).toISOString().slice(0, 10)

/** Of each week from this Monday on: its days. */
export function weekDays(zone: string, monday: string, count: number): number[][] {
  const first = mondayOf(Date.parse(`${monday}T00:00:00Z`))
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 8 }, (__, day) => midnight(zone, first + (week * 7 + day) * dayMs)),
  )
}

export function layoutWeek(days: readonly number[], spans: readonly FreezeSpan[]): Week {
  const [from, to] = [days[0] ?? 0, days.at(-1) ?? 0]
  const ends: number[] = []
  const bars = spans.flatMap((span): Bar[] => {
    const [start, end] = [Math.max(from, Date.parse(span.from)), Math.min(to, Date.parse(span.until))]
    if (end <= start) return []
    const free = ends.findIndex((until) => until <= start)
    const lane = free < 0 ? ends.length : free
    ends[lane] = end
    return [{ span, left: (start - from) / (to - from), width: (end - start) / (to - from), lane }]
  })
  return { days, bars, lanes: Math.max(1, ends.length) }
}

/** `2026-11-23`, some weeks later or earlier. */
export const shiftWeek = (monday: string, weeks: number): string =>
  new Date(Date.parse(`${monday}T00:00:00Z`) + weeks * 7 * dayMs).toISOString().slice(0, 10)

export const isMonday = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).getUTCDay() === 1
