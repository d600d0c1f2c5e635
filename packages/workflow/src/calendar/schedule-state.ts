import type { ScheduleSpec } from '@fairlead/contracts/workflow-document'
import { nextTime } from '@fairlead/timetable/schedule'

/** The two columns of a workflow that belong to the calendar. */
export interface ScheduleState {
  readonly scheduledTo: Date | null
  readonly scheduleAt: Date | null
}

/**
 * After a version was applied. A schedule that names the same times goes on where it was; a new one starts now, so that
 * none of its earlier times runs.
 */
export function scheduleAfterApply(input: {
  readonly schedule: ScheduleSpec | null
  /** Of the version before; null for the first. */
  readonly previous: ScheduleSpec | null
  readonly scheduledTo: Date | null
  readonly paused: boolean
  readonly now: Date
}): ScheduleState {
  const { schedule, previous, paused, now } = input
  if (schedule === null) return { scheduledTo: input.scheduledTo, scheduleAt: null }
  const same = previous?.cron === schedule.cron && previous.timezone === schedule.timezone
  const scheduledTo = same && input.scheduledTo !== null ? input.scheduledTo : later(input.scheduledTo, now)
  return { scheduledTo, scheduleAt: paused ? null : nextTime(schedule, scheduledTo) }
}

/** A paused schedule has no next time. What comes due meanwhile is not caught up. */
export const scheduleAfterPause = (scheduledTo: Date | null): ScheduleState => ({
  scheduledTo,
  scheduleAt: null,
})

/** Times before now count as handled: resuming fires nothing extra. */
export function scheduleAfterResume(
  schedule: ScheduleSpec | null,
  scheduledTo: Date | null,
  now: Date,
): ScheduleState {
  const from = later(scheduledTo, now)
  return { scheduledTo: from, scheduleAt: schedule === null ? null : nextTime(schedule, from) }
}

const later = (time: Date | null, now: Date): Date => (time !== null && time > now ? time : now)
