'use client'

import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { PageHeader } from '@fairlead/ui/page-header'
import { Select } from '@fairlead/ui/select'
import { CalendarX2 } from 'lucide-react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { useUrlParams } from '@/features/rollouts/url-param'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { FaultState } from '@/live/fault-state'
import { AreaTabs } from '../area-tabs'
import { CalendarDays } from './calendar-days'
import { useCalendar } from './use-calendar'

const lengths = ['7', '14', '30'] as const

export function CalendarPage() {
  const [params, setParams] = useUrlParams()
  const [text, setText] = useTextParam('q')
  const length = lengths.find((each) => each === params.get('days')) ?? '14'
  const { calendar, now } = useCalendar(Number(length))
  const wanted = text.trim().toLowerCase()
  const shown = (calendar.data ?? []).filter(({ project, workflow }) =>
    `${project}/${workflow}`.toLowerCase().includes(wanted),
  )
  const noted = shown.filter(({ note }) => note !== null).length
  return (
    <>
      <TopbarCrumbs crumbs={[{ label: 'Workflows', href: '/workflows' }, { label: 'Calendar' }]} />
      <PageHeader
        title="Calendar"
        description="What the schedules start by themselves, each on its own clock. Paused workflows start nothing."
      />
      <AreaTabs />
      <div className="flex flex-wrap items-center gap-2 pb-3">
        <FilterInput
          label="Filter workflows"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Select
          label="Days shown"
          className="w-40"
          options={lengths.map((value) => ({ value, label: `The next ${value} days` }))}
          value={length}
          onValueChange={(value) => setParams({ days: value === '14' ? null : value })}
        />
        {calendar.data ? (
          <span className="ml-auto text-xs text-muted">
            {shown.length.toLocaleString('en')} runs
            {noted > 0 ? `, ${noted} with a note` : ''}
          </span>
        ) : null}
      </div>
      {calendar.isError ? (
        <FaultState
          what="The calendar could not be loaded."
          error={calendar.error}
          right="project.view"
          onRetry={() => void calendar.refetch()}
          retrying={calendar.isFetching}
        />
      ) : !calendar.data ? (
        <CardSkeleton lines={12} />
      ) : shown.length > 0 ? (
        <CalendarDays entries={shown} now={now} withWorkflow />
      ) : (
        <EmptyState
          title={
            wanted === '' ? 'No schedule starts anything in these days' : 'No scheduled workflow of this name'
          }
          icon={<CalendarX2 aria-hidden />}
          className="max-w-none rounded-lg border border-line bg-surface"
        >
          A workflow gets a schedule in its document: a cron line and a time zone.
        </EmptyState>
      )}
    </>
  )
}
