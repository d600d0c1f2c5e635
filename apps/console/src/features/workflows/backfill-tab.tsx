'use client'

import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { Card } from '@fairlead/ui/card'
import { EmptyState } from '@fairlead/ui/empty-state'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { CalendarRange } from 'lucide-react'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { useUrlParams } from '@/features/rollouts/url-param'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { BackfillPreview } from './backfill-preview'

/** A past range of the schedule, run now at the lowest priority: what would be created is shown first. */
export function BackfillTab({ workflow }: { workflow: WorkflowDetail }) {
  const { name, project, schedule, may } = workflow
  const [params, setParams] = useUrlParams()
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? '']
  const range = rangeOf(from, to)
  const trpc = useTRPC()
  const plan = useQuery(
    trpc.workflow.planBackfill.queryOptions(
      { project, workflow: name, from: range?.from ?? '', to: range?.to ?? '' },
      { enabled: range !== null && may.run.passed && schedule !== null, placeholderData: keepPreviousData },
    ),
  )
  if (schedule === null)
    return (
      <EmptyState
        title="There is nothing to fill in"
        icon={<CalendarRange aria-hidden />}
        className="max-w-none rounded-lg border border-line bg-surface"
      >
        A backfill creates the runs that the schedule means in a past range, and this workflow has no
        schedule.
      </EmptyState>
    )
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <Card title="Range">
        <div className="space-y-3">
          <Field label="From" hint="In your time zone, included.">
            <Input
              type="datetime-local"
              mono
              value={from}
              onChange={(event) => setParams({ from: event.target.value })}
            />
          </Field>
          <Field
            label="To"
            hint="In your time zone, included."
            error={from !== '' && to !== '' && from > to ? 'The range ends before it begins.' : undefined}
          >
            <Input
              type="datetime-local"
              mono
              value={to}
              onChange={(event) => setParams({ to: event.target.value })}
            />
          </Field>
          <p className="text-xs text-muted">
            Times that have a run already are left alone. The new ones wait behind everything that people and
            schedules start.
          </p>
        </div>
      </Card>
      {!may.run.passed ? (
        <EmptyState
          title="You may not start runs here"
          className="max-w-none rounded-lg border border-line bg-surface"
        >
          {may.run.reason}
        </EmptyState>
      ) : range === null ? (
        <EmptyState
          title="Choose a range to see its runs"
          icon={<CalendarRange aria-hidden />}
          command={`fairlead workflow backfill ${name} --from 2026-11-01T00:00Z --to 2026-11-08T00:00Z --dry-run`}
          className="max-w-none rounded-lg border border-line bg-surface *:max-w-xl"
        />
      ) : plan.isError ? (
        <FaultState what="The preview could not be made." error={plan.error} right="workflow.run" />
      ) : plan.data ? (
        <BackfillPreview
          workflow={workflow}
          plan={plan.data}
          range={range}
          fetching={plan.isPlaceholderData}
          onDone={() => setParams({ tab: 'runs', from: null, to: null })}
        />
      ) : (
        <CardSkeleton lines={8} />
      )}
    </div>
  )
}

/** Null until both ends are given and stand in order. */
function rangeOf(from: string, to: string): { from: string; to: string } | null {
  const [start, end] = [new Date(from), new Date(to)]
  if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime()) || start > end) return null
  return { from: start.toISOString(), to: end.toISOString() }
}
