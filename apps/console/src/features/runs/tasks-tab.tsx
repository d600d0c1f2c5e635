'use client'

import type { RunTask, RunView } from '@fairlead/contracts/workflow'
import { taskStates } from '@fairlead/contracts/workflow-states'
import { Button } from '@fairlead/ui/button'
import { DataTable } from '@fairlead/ui/data-table'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Select } from '@fairlead/ui/select'
import { useDeferredValue, useMemo } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useUrlParams } from '@/features/rollouts/url-param'
import { runHref } from './addresses'
import { OpensTasks } from './opens-tasks'
import { taskColumns } from './task-columns'
import { useTaskPlace } from './use-task-place'

const everything = 'all'

/** The tasks of the run as a table. */
export function TasksTab({ run }: { run: RunView }) {
  const [params, set] = useUrlParams()
  const { open } = useTaskPlace()
  const [text, setText] = useTextParam('find')
  const wanted = useDeferredValue(text.trim().toLowerCase())
  const state = params.get('in')
  const rows = useMemo(
    () => run.tasks.filter((task) => fits(task, wanted, state)),
    [run.tasks, wanted, state],
  )
  const columns = useMemo(() => taskColumns(run.graph), [run.graph])
  const present = [...new Set(run.tasks.map((task) => taskStates[task.state].word))]
  const clear = () => set({ find: null, in: null })
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 pb-3">
        <FilterInput label="Filter tasks" value={text} onChange={(event) => setText(event.target.value)} />
        <Select
          label="State"
          className="w-48"
          options={[
            { value: everything, label: 'Every state' },
            ...present.map((word) => ({ value: word, label: word })),
          ]}
          value={state ?? everything}
          onValueChange={(value) => set({ in: value === everything ? null : value })}
        />
      </div>
      <OpensTasks>
        <DataTable
          label="Tasks"
          rows={rows}
          columns={columns}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `${runHref(run.id, { task: id })}&view=tasks`}
          rowHeight={36}
          onRowKey={(key, row) => {
            if (key === 'l') open({ task: row.id, tab: 'logs' })
          }}
          empty={
            <EmptyState
              title="No task fits this filter"
              action={<Button onClick={clear}>Clear the filter</Button>}
            />
          }
        />
      </OpensTasks>
    </>
  )
}

const fits = (task: RunTask, wanted: string, word: string | null): boolean =>
  (word === null || taskStates[task.state].word === word) &&
  (wanted === '' || `${task.id} ${task.reason} ${task.cluster ?? ''}`.toLowerCase().includes(wanted))
