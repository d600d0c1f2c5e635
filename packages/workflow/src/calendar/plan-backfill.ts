import type { BackfillPlan } from '@fairlead/contracts/workflow'
import { localText } from '@fairlead/timetable/local-text'
import { timesBetween, type Timetable } from '@fairlead/timetable/schedule'

/** Runs that one backfill creates at most. */
export const maxBackfill = 1_000
/** Below everything that people and schedules start. */
export const backfillPriority = -100

/** Which run of a workflow a nominal time means: at most one run has it. */
export const slotOf = (time: Date): string => time.toISOString()

/** Nominal times in [from, to] and which of them have a run already; those are left alone. */
export function planBackfill(
  schedule: Timetable | null,
  range: { readonly from: Date; readonly to: Date; readonly cap?: number },
  existingSlots: ReadonlySet<string>,
): BackfillPlan {
  const { from, to, cap = maxBackfill } = range
  if (schedule === null)
    return {
      times: [],
      timezone: 'UTC',
      blocked: 'Without a schedule there are no nominal times to fill in.',
    }
  const { timezone } = schedule
  const refused = (blocked: string): BackfillPlan => ({ times: [], timezone, blocked })
  if (from > to) return refused('The range ends before it begins.')
  const found = timesBetween(schedule, from, to, cap + 1)
  const times = found.slice(0, cap).map((time) => ({
    at: time.toISOString(),
    local: localText(time, timezone),
    exists: existingSlots.has(slotOf(time)),
  }))
  if (found.length > cap)
    return {
      times,
      timezone,
      blocked: `More than ${cap} nominal times lie in this range: choose a shorter one.`,
    }
  if (times.length === 0) return refused('No nominal time of the schedule lies in this range.')
  const blocked = times.every(({ exists }) => exists) ? 'Each of these times has a run already.' : null
  return { times, timezone, blocked }
}
