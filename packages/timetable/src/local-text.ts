import { followsRealClock, isSlot, nextTime, type Timetable } from './schedule'
import { zoneClock, type Transition } from './zone-clock'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** `+03:00`, `-00:44:30`. */
export function offsetText(offsetMs: number): string {
  const size = Math.abs(offsetMs) / 1_000
  const parts = [Math.floor(size / 3_600), Math.floor(size / 60) % 60]
  if (size % 60 !== 0) parts.push(size % 60)
  return `${offsetMs < 0 ? '-' : '+'}${parts.map((part) => String(part).padStart(2, '0')).join(':')}`
}

/** `2026-10-25 03:30 +03:00`: without the offset, one text may mean two instants. */
export function localText(time: Date, zone: string): string {
  const offsetMs = zoneClock(zone).offsetAt(time.getTime())
  return `${wallText(time.getTime() + offsetMs)} ${offsetText(offsetMs)}`
}

/** RFC 3339 with the offset of the zone, `2026-10-25T03:30:00+03:00`: its first ten characters are the day meant there. */
export function zonedIso(time: Date, zone: string): string {
  const offsetMs = zoneClock(zone).offsetAt(time.getTime())
  const wall = new Date(time.getTime() + offsetMs).toISOString()
  return wall.replace(/(\.000)?Z$/, offsetText(offsetMs))
}

/** What expressions read as `run.nominalTime`: in the zone of the schedule, so that its date is the day meant there. */
export const nominalText = (schedule: Pick<Timetable, 'timezone'> | null, time: Date): string =>
  schedule === null ? time.toISOString() : zonedIso(time, schedule.timezone)

export const offsetOf = (time: Date, zone: string): string =>
  offsetText(zoneClock(zone).offsetAt(time.getTime()))

const wallText = (wall: number): string => new Date(wall).toISOString().slice(0, 16).replace('T', ' ')
const clockText = (wall: number): string => wallText(wall).slice(11)

/** What a change of the clock did to this time of the schedule; null when nothing. */
export function dstNote(schedule: Timetable, time: Date): string | null {
  const clock = zoneClock(schedule.timezone)
  const at = time.getTime()
  const near = clock.transitions(at - dayMs, at + dayMs)
  for (const change of near) {
    const note = noteOf(schedule, change, at)
    if (note !== null) return note
  }
  return null
}

function noteOf(schedule: Timetable, change: Transition, at: number): string | null {
  const before = clockText(change.at + change.beforeMs)
  const after = clockText(change.at + change.offsetMs)
  const forward = change.offsetMs > change.beforeMs
  const turn = `the clock goes ${forward ? 'forward' : 'back'} from ${before} to ${after}`
  if (forward) return forwardNote(schedule, change, at, turn)
  const foldMs = change.beforeMs - change.offsetMs
  const shown = clockText(at + (at < change.at ? change.beforeMs : change.offsetMs))
  if (at >= change.at - foldMs && at < change.at) {
    const twice = isSlot(schedule, new Date(at + foldMs))
    return `${shown} comes twice: ${turn}. ${twice ? 'It runs both times; this is the first.' : 'It runs the first time.'}`
  }
  if (at >= change.at && at < change.at + foldMs) {
    return isSlot(schedule, new Date(at - foldMs)) ? `${shown} for the second time: ${turn}.` : null
  }
  return null
}

function forwardNote(schedule: Timetable, change: Transition, at: number, turn: string): string | null {
  if (at !== change.at) return null
  if (followsRealClock(schedule)) return `Here ${turn}.`
  // In UTC nothing is skipped, so what the schedule means inside of the gap shows there.
  const inUtc = { ...schedule, timezone: 'UTC' }
  const first = nextTime(inUtc, new Date(change.at + change.beforeMs - 1))?.getTime()
  if (first === undefined || first >= change.at + change.offsetMs) return null
  const meant = isSlot(inUtc, new Date(change.at + change.offsetMs)) ? 'Also for ' : 'For '
  return `${meant}${clockText(first)}, which doesn't exist on this day: ${turn}.`
}
