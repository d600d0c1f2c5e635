import type { ScheduleSpec } from '@fairlead/contracts/workflow-document'
import { newestTimes, nextTime } from '@fairlead/timetable/schedule'

/** Missed times that one tick runs at most, and names one by one at most. */
export const maxCatchup = 100
/** A time is missed when nobody looked within this long after it. */
const graceMs = 60_000

export interface CalendarRow {
  readonly paused: boolean
  /** Nominal times up to here are handled; never moves back, whatever the clock does. */
  readonly scheduledTo: Date | null
  readonly scheduleAt: Date | null
  /** Runs that this schedule started and that haven't ended: others' runs are no overlap. */
  readonly active: readonly { readonly id: string; readonly number: number }[]
}

export interface SkippedTime {
  readonly time: Date
  readonly reason: string
}

export interface TickDecision {
  readonly fire: readonly Date[]
  readonly skipped: readonly SkippedTime[]
  /** Ids of active runs that make room for the one that fires. */
  readonly cancel: readonly string[]
  readonly scheduledTo: Date | null
  readonly scheduleAt: Date | null
}

/**
 * What the calendar does with one workflow now.
 * - catchup `none` runs no missed time, `last` the newest due one alone, `all` the newest hundred.
 * - overlap judges the times that are left, while a run of this schedule is active: `allow` and `queue` create the run
 *   (a queued one waits for the earlier ones), `skip` doesn't, `cancel` cancels the earlier ones.
 * - What `all` catches up stands in line instead of being skipped for its own neighbours.
 */
export function decideTick(row: CalendarRow, schedule: ScheduleSpec | null, now: Date): TickDecision {
  const still = { fire: [], skipped: [], cancel: [], scheduledTo: row.scheduledTo, scheduleAt: null }
  if (row.paused || schedule === null) return still
  const handled = row.scheduledTo ?? now
  const { times, older } = newestTimes(schedule, { after: handled, to: now }, 2 * maxCatchup)
  const newest = times.at(-1)
  if (newest === undefined) return { ...still, scheduledTo: handled, scheduleAt: nextTime(schedule, handled) }
  const caught = catchUp(schedule, times, now)
  const { fire, skipped, cancel } = overlap(row, schedule, caught.left)
  const beyond = older ? unnamed(schedule, handled, times) : []
  return {
    fire,
    skipped: [...beyond, ...caught.skipped, ...skipped].sort((a, b) => a.time.getTime() - b.time.getTime()),
    cancel,
    scheduledTo: newest,
    scheduleAt: nextTime(schedule, newest),
  }
}

function unnamed(schedule: ScheduleSpec, handled: Date, named: readonly Date[]): SkippedTime[] {
  const first = nextTime(schedule, handled)
  const [next] = named
  if (first === null || next === undefined) return []
  return [{ time: first, reason: `Missed, like every time from here until ${next.toISOString()}.` }]
}

/** Due times that still want a run, and whether they are a line that catches up. */
interface Left {
  readonly times: readonly Date[]
  readonly inLine: boolean
}

function catchUp(
  schedule: ScheduleSpec,
  due: readonly Date[],
  now: Date,
): { readonly left: Left; readonly skipped: readonly SkippedTime[] } {
  const missed = (time: Date): boolean => now.getTime() - time.getTime() > graceMs
  const skip = (times: readonly Date[], reason: string): SkippedTime[] =>
    times.map((time) => ({ time, reason }))
  switch (schedule.catchup) {
    case 'none':
      return {
        left: { times: due.filter((time) => !missed(time)), inLine: false },
        skipped: skip(due.filter(missed), 'Missed, and catchup is none.'),
      }
    case 'last':
      return {
        left: { times: due.slice(-1), inLine: false },
        skipped: skip(due.slice(0, -1), 'Missed, and catchup is last: a later time runs.'),
      }
    case 'all':
      return {
        left: { times: due.slice(-maxCatchup), inLine: due.length > 1 || due.some(missed) },
        skipped: skip(
          due.slice(0, -maxCatchup),
          `Missed, and ${maxCatchup} later times are caught up already.`,
        ),
      }
  }
}

function overlap(
  { active }: CalendarRow,
  schedule: ScheduleSpec,
  { times, inLine }: Left,
): Pick<TickDecision, 'fire' | 'skipped' | 'cancel'> {
  const last = times.at(-1)
  const alone = { fire: times, skipped: [], cancel: [] }
  if (last === undefined) return alone
  switch (schedule.overlap) {
    case 'allow':
    case 'queue':
      return alone
    case 'cancel': {
      const reason = `Replaced at once by the run of ${last.toISOString()}: overlap is cancel.`
      return {
        fire: [last],
        skipped: times.slice(0, -1).map((time) => ({ time, reason })),
        cancel: active.map(({ id }) => id),
      }
    }
    case 'skip': {
      const [busy] = active
      if (inLine) return alone
      if (busy !== undefined) return { fire: [], skipped: skipFor(times, `Run #${busy.number}`), cancel: [] }
      return { fire: times.slice(0, 1), skipped: skipFor(times.slice(1), 'The run before'), cancel: [] }
    }
  }
}

const skipFor = (times: readonly Date[], who: string): SkippedTime[] =>
  times.map((time) => ({ time, reason: `${who} was still active, and overlap is skip.` }))
