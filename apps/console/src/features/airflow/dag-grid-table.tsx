'use client'

import { airflowState, type DagGrid, type DagRunRow } from '@fairlead/contracts/airflow'
import { durationText, exactText } from '@fairlead/ui/time-text'
import { useMemo } from 'react'
import { RunsGrid, type RunsGridColumn } from '@/features/workflows/grid/runs-grid'
import { dagRunHref, type DagPlace } from './addresses'
import { AirflowSquare, stateWord } from './states'

type DagGridTableProps = { place: DagPlace; grid: DagGrid; tasks: readonly string[] }

/** Airflow's runs in the grid of our own: a task with several indexes has the gravest of their states. */
export function DagGridTable({ place, grid: { runs }, tasks }: DagGridTableProps) {
  const columns = useMemo(() => runs.map(({ run }) => columnOf(run)), [runs])
  return (
    <RunsGrid
      columns={columns}
      tasks={tasks}
      cellOf={(task, column) => {
        const cell = runs[column]?.cells[task]
        if (cell === undefined) return null
        const word = stateWord(cell.state)
        return {
          word: cell.indexes > 1 ? `${word}, the gravest of ${cell.indexes} indexes` : word,
          mark: <AirflowSquare state={cell.state} />,
        }
      }}
      hrefOf={({ id }, task) => dagRunHref({ ...place, run: id }, task === undefined ? undefined : { task })}
    />
  )
}

const columnOf = ({ run, state, type, startedAt, endedAt, queuedAt }: DagRunRow): RunsGridColumn => {
  const durationMs =
    startedAt === null || endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt)
  const at = startedAt ?? queuedAt
  return {
    id: run,
    name: run,
    text: [
      run,
      stateWord(state),
      at === null ? null : exactText(new Date(at)),
      durationMs === null ? null : durationText(durationMs),
    ]
      .filter(Boolean)
      .join(' · '),
    hint: type.replaceAll('_', ' '),
    tone: airflowState(state).tone,
    durationMs,
    mark: <AirflowSquare state={state} className="size-3.5" />,
  }
}
