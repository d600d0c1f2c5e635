import type { CalendarEntry } from '@fairlead/contracts/workflow'

export type CalendarRow = {
  readonly project: string
  readonly workflow: string
  readonly entries: readonly CalendarEntry[]
}
export type CalendarDay = {
  /** `2026-11-23`, as the schedules' own zones have it. */
  readonly day: string
  readonly rows: readonly CalendarRow[]
  readonly runs: number
}

/** Entries by the day on their own clocks; what one workflow does on a day is one row. */
export function byDay(entries: readonly CalendarEntry[]): CalendarDay[] {
  const days = new Map<string, Map<string, CalendarEntry[]>>()
  for (const entry of entries) {
    const rows = days.get(dayOf(entry)) ?? new Map<string, CalendarEntry[]>()
    const key = `${entry.project}/${entry.workflow}`
    rows.set(key, [...(rows.get(key) ?? []), entry])
    days.set(dayOf(entry), rows)
  }
  return [...days]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([day, rows]) => ({
      day,
      rows: [...rows.values()].flatMap((of) =>
        of[0] ? [{ project: of[0].project, workflow: of[0].workflow, entries: of }] : [],
      ),
      runs: [...rows.values()].reduce((sum, { length }) => sum + length, 0),
    }))
}

const dayOf = ({ local }: CalendarEntry): string => local.slice(0, 10)

/** The time of day on the schedule's clock: `02:30`. */
export const timeOf = ({ local }: CalendarEntry): string => local.slice(11, 16)

/** Whether the offset differs from the run before it: a clock was put forward or back between them. */
export const turnedAt = (entries: readonly CalendarEntry[], index: number): boolean =>
  index > 0 && entries[index - 1]?.offset !== entries[index]?.offset

/** From the start of today's UTC day, so that the query stays the same all day. */
export function calendarRange(now: number, days: number): { from: string; to: string } {
  const day = 86_400_000
  const from = Math.floor(now / day) * day
  return { from: new Date(from).toISOString(), to: new Date(from + days * day).toISOString() }
}
