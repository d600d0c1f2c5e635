import type { CalendarEntry } from '@fairlead/contracts/workflow'
import { dstNote, localText, offsetOf } from '@fairlead/timetable/local-text'
import { timesBetween, type Timetable } from '@fairlead/timetable/schedule'

export interface ScheduledWorkflow {
  readonly workflow: string
  readonly project: string
  /** Null without a schedule; leave paused ones out. */
  readonly schedule: Timetable | null
}

/** Entries of one workflow that a calendar shows at most. */
const maxEntries = 500

/** Nominal times of all workflows in [from, to], by time. */
export function comingRuns(workflows: readonly ScheduledWorkflow[], from: Date, to: Date): CalendarEntry[] {
  return workflows
    .flatMap((workflow) => entriesOf(workflow, from, to))
    .sort((a, b) => (a.at === b.at ? compare(a.workflow, b.workflow) : compare(a.at, b.at)))
}

function entriesOf(
  { workflow, project, schedule }: ScheduledWorkflow,
  from: Date,
  to: Date,
): CalendarEntry[] {
  if (schedule === null) return []
  const times = timesBetween(schedule, from, to, maxEntries + 1)
  return times.slice(0, maxEntries).map((time, index) => {
    const cut = index === maxEntries - 1 && times.length > maxEntries ? 'Later ones are left out here.' : null
    const notes = [dstNote(schedule, time), cut].filter((note) => note !== null)
    return {
      workflow,
      project,
      at: time.toISOString(),
      local: localText(time, schedule.timezone),
      offset: offsetOf(time, schedule.timezone),
      note: notes.length === 0 ? null : notes.join(' '),
    }
  })
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
