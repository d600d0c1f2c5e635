import type { GridView } from '@fairlead/contracts/workflow'
import { taskStates } from '@fairlead/contracts/workflow-states'

export type GridPlace = { readonly row: number; readonly column: number }

/** Where a key leads inside the grid; row −1 is the line of runs above the tasks. Null: no such key. */
export function moved(
  from: GridPlace,
  key: string,
  { rows, columns }: { rows: number; columns: number },
): GridPlace | null {
  const step: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    PageUp: [-10, 0],
    PageDown: [10, 0],
    Home: [0, -columns],
    End: [0, columns],
  }
  const by = step[key]
  if (by === undefined) return null
  return {
    row: Math.min(rows - 1, Math.max(-1, from.row + by[0])),
    column: Math.min(columns - 1, Math.max(0, from.column + by[1])),
  }
}

/** Tasks by name, and only those that failed in one of the runs. */
export function gridRows(
  grid: GridView,
  { text, failing }: { text: string; failing: boolean },
): readonly string[] {
  const wanted = text.trim().toLowerCase()
  return grid.tasks.filter(
    (task) =>
      (wanted === '' || task.toLowerCase().includes(wanted)) &&
      (!failing ||
        grid.runs.some(({ states }) => {
          const state = states[task]
          return state !== undefined && taskStates[state].tone === 'failing'
        })),
  )
}

/** Of the tallest bar; a run on its way has none yet. */
export const longestMs = (runs: readonly { readonly durationMs: number | null }[]): number =>
  Math.max(1, ...runs.map(({ durationMs }) => durationMs ?? 0))
