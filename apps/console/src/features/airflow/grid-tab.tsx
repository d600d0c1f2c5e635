'use client'

import { airflowState, type DagGrid } from '@fairlead/contracts/airflow'
import { Checkbox } from '@fairlead/ui/checkbox'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Select } from '@fairlead/ui/select'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useTRPC } from '@/live/trpc'
import type { DagPlace } from './addresses'
import { AirflowAnswer } from './airflow-answer'
import { asked, liveEveryMs } from './asked'
import { AskedAgo } from './asked-ago'
import { DagGridTable } from './dag-grid-table'
import { NoRuns } from './runs-tab'
import { AirflowSquare, stateWord } from './states'

const lengths = ['10', '25', '50'] as const
const legend = [
  'success',
  'running',
  'up_for_retry',
  'awaiting_input',
  'failed',
  'upstream_failed',
  'skipped',
  'queued',
  null,
] as const

/** Tasks by runs, as in Airflow's own grid. */
export function GridTab({ place }: { place: DagPlace }) {
  const [params, setParams] = useUrlParams()
  const [text, setText] = useTextParam('q')
  const failing = params.get('failing') !== null
  const length = lengths.find((each) => each === params.get('runs')) ?? '25'
  const grid = useQuery(
    useTRPC().airflow.grid.queryOptions(
      { ...place, runs: Number(length) },
      { ...asked(liveEveryMs), placeholderData: keepPreviousData },
    ),
  )
  return (
    <AirflowAnswer
      query={grid}
      what="The grid is not shown."
      loading={
        <SkeletonRows
          className="rounded-lg border border-line bg-surface"
          label="Asking Airflow for its grid"
        />
      }
    >
      {(data) =>
        data.runs.length === 0 ? (
          <div className="rounded-lg border border-line bg-surface">
            <NoRuns place={place} />
          </div>
        ) : (
          <>
            <div className="flex flex-wrap items-center gap-x-3 gap-y-2 pb-3">
              <FilterInput
                label="Filter tasks"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
              <Select
                label="Runs shown"
                className="w-36"
                options={lengths.map((value) => ({ value, label: `Last ${value} runs` }))}
                value={length}
                onValueChange={(value) => setParams({ runs: value === '25' ? null : value })}
              />
              <Checkbox
                label="Only what failed"
                checked={failing}
                onCheckedChange={(checked) => setParams({ failing: checked ? '1' : null })}
              />
              <span className="ml-auto">
                <AskedAgo at={data.at} />
              </span>
            </div>
            <Shown place={place} grid={data} tasks={tasksShown(data, { text, failing })} />
          </>
        )
      }
    </AirflowAnswer>
  )
}

function Shown({ place, grid, tasks }: { place: DagPlace; grid: DagGrid; tasks: readonly string[] }) {
  if (tasks.length === 0)
    return (
      <EmptyState title="No task of these runs fits" className="rounded-lg border border-line bg-surface" />
    )
  return (
    <>
      <DagGridTable key={grid.runs.length} place={place} grid={grid} tasks={tasks} />
      {grid.cut ? (
        <p className="pt-2 text-xs text-progress">
          There are more task instances than are read at once, so some marks are missing: show fewer runs, or
          open Airflow’s own page.
        </p>
      ) : null}
      <ul aria-label="What the marks mean" className="flex flex-wrap gap-x-3 gap-y-1 pt-3 text-xs text-muted">
        {legend.map((state) => (
          <li key={state} className="flex items-center gap-1">
            <AirflowSquare state={state} className="size-3.5" />
            {stateWord(state)}
          </li>
        ))}
      </ul>
    </>
  )
}

function tasksShown({ tasks, runs }: DagGrid, { text, failing }: { text: string; failing: boolean }) {
  const wanted = text.trim().toLowerCase()
  const fails = (task: string): boolean =>
    runs.some(({ cells }) => {
      const cell = cells[task]
      return cell !== undefined && airflowState(cell.state).tone === 'failing'
    })
  return tasks.filter((task) => task.toLowerCase().includes(wanted) && (!failing || fails(task)))
}
