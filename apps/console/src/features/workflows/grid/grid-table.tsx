'use client'

import type { GridView } from '@fairlead/contracts/workflow'
import { runStates, runTriggers, taskStates } from '@fairlead/contracts/workflow-states'
import { useMemo } from 'react'
import { runHref } from '@/features/runs/addresses'
import { dotText } from '../run-strip'
import { RunSquare, TaskSquare } from '../state-square'
import { RunsGrid, type RunsGridColumn } from './runs-grid'

type GridTableProps = { grid: GridView; tasks: readonly string[] }

/** The runs of one of our workflows. */
export function GridTable({ grid: { runs }, tasks }: GridTableProps) {
  const columns = useMemo(
    () =>
      runs.map((run): RunsGridColumn => ({
        id: run.id,
        name: `#${run.number}`,
        text: dotText(run),
        hint: runTriggers[run.trigger],
        tone: runStates[run.state].tone,
        durationMs: run.durationMs,
        mark: <RunSquare state={run.state} className="size-3.5" />,
      })),
    [runs],
  )
  return (
    <RunsGrid
      columns={columns}
      tasks={tasks}
      cellOf={(task, column) => {
        const state = runs[column]?.states[task]
        return state ? { word: taskStates[state].word, mark: <TaskSquare state={state} /> } : null
      }}
      hrefOf={({ id }, task) => (task === undefined ? runHref(id) : runHref(id, { task }))}
    />
  )
}
