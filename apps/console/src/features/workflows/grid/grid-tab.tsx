'use client'

import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { Checkbox } from '@fairlead/ui/checkbox'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Select } from '@fairlead/ui/select'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useUrlParams } from '@/features/rollouts/url-param'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { NoRuns } from '../runs-tab'
import { GridLegend } from './grid-legend'
import { gridRows } from './grid-model'
import { GridTable } from './grid-table'

const lengths = ['25', '50', '100'] as const

export function GridTab({ workflow: { name, project } }: { workflow: WorkflowDetail }) {
  const trpc = useTRPC()
  const [params, setParams] = useUrlParams()
  const [text, setText] = useTextParam('q')
  const failing = params.get('failing') !== null
  const limit = lengths.find((each) => each === params.get('runs')) ?? '25'
  const grid = useQuery(
    trpc.workflow.grid.queryOptions(
      { project, workflow: name, limit: Number(limit) },
      { placeholderData: keepPreviousData },
    ),
  )
  const tasks = useMemo(
    () => (grid.data ? gridRows(grid.data, { text, failing }) : []),
    [grid.data, text, failing],
  )
  if (grid.isError)
    return (
      <FaultState
        what="The grid could not be loaded."
        error={grid.error}
        right="project.view"
        onRetry={() => void grid.refetch()}
        retrying={grid.isFetching}
      />
    )
  if (!grid.data)
    return <SkeletonRows className="rounded-lg border border-line bg-surface" label="Loading the grid" />
  if (grid.data.runs.length === 0)
    return (
      <div className="rounded-lg border border-line bg-surface">
        <NoRuns name={name} />
      </div>
    )
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 pb-3">
        <FilterInput label="Filter tasks" value={text} onChange={(event) => setText(event.target.value)} />
        <Select
          label="Runs shown"
          className="w-36"
          options={lengths.map((value) => ({ value, label: `Last ${value} runs` }))}
          value={limit}
          onValueChange={(value) => setParams({ runs: value === '25' ? null : value })}
        />
        <Checkbox
          label="Only what failed"
          checked={failing}
          onCheckedChange={(checked) => setParams({ failing: checked ? '1' : null })}
        />
      </div>
      {tasks.length > 0 ? (
        <GridTable key={grid.data.runs.length} grid={grid.data} tasks={tasks} />
      ) : (
        <EmptyState
          title={failing ? 'No task failed in these runs' : 'No task of this name'}
          className="rounded-lg border border-line bg-surface"
        />
      )}
      <GridLegend className="pt-3" />
    </>
  )
}
