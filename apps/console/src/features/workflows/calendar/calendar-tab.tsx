'use client'

import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { EmptyState } from '@fairlead/ui/empty-state'
import { CalendarX2, Pause } from 'lucide-react'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { FaultState } from '@/live/fault-state'
import { ScheduleLine } from '../next-time'
import { CalendarDays } from './calendar-days'
import { useCalendar } from './use-calendar'

const days = 14

export function CalendarTab({ workflow }: { workflow: WorkflowDetail }) {
  const { name, project, schedule, paused } = workflow
  const { calendar, now } = useCalendar(days)
  if (schedule === null)
    return (
      <Nothing
        title="It has no schedule"
        icon={<CalendarX2 aria-hidden />}
        command={'schedule: { cron: "30 2 * * *", timezone: Europe/Berlin }'}
      >
        It is started by hand, by another workflow or by a rollout. A schedule belongs under spec.
      </Nothing>
    )
  if (paused)
    return (
      <Nothing title="Nothing comes while it is paused" icon={<Pause aria-hidden />}>
        Resume it, and its schedule goes on from then.
      </Nothing>
    )
  if (calendar.isError)
    return <FaultState what="The calendar could not be loaded." error={calendar.error} right="project.view" />
  if (!calendar.data) return <CardSkeleton lines={10} />
  const own = calendar.data.filter((entry) => entry.workflow === name && entry.project === project)
  return (
    <div className="space-y-3">
      <p className="text-sm text-muted">
        <ScheduleLine schedule={schedule} paused={false} />, the next {days} days on the schedule’s own clock.
      </p>
      {own.length > 0 ? (
        <CalendarDays entries={own} now={now} withWorkflow={false} />
      ) : (
        <Nothing title={`No run in the next ${days} days`} icon={<CalendarX2 aria-hidden />} />
      )}
    </div>
  )
}

const Nothing = (props: Parameters<typeof EmptyState>[0]) => (
  <EmptyState {...props} className="max-w-none rounded-lg border border-line bg-surface *:max-w-xl" />
)
