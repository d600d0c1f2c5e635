import { airflowState, type DagRunRow, type GridCell, type GridColumn } from '@fairlead/contracts/airflow'
import type { InstanceOfRun, TaskNode } from './client/many-runs'

/** Topological, by name where nothing else decides; tasks that only older runs had come last. */
export function taskOrder(nodes: readonly TaskNode[], instances: readonly { task: string }[]): string[] {
  const waitsFor = new Map(nodes.map(({ task }) => [task, 0]))
  for (const next of nodes.flatMap(({ downstream }) => downstream))
    waitsFor.set(next, (waitsFor.get(next) ?? 0) + 1)
  const downstreamOf = new Map(nodes.map(({ task, downstream }) => [task, downstream]))
  const free = [...waitsFor].flatMap(([task, count]) => (count === 0 ? [task] : [])).sort()
  const ordered: string[] = []
  for (let task = free.shift(); task !== undefined; task = free.shift()) {
    ordered.push(task)
    for (const next of downstreamOf.get(task) ?? []) {
      const left = (waitsFor.get(next) ?? 0) - 1
      waitsFor.set(next, left)
      if (left === 0) free.push(next)
    }
    free.sort()
  }
  const seen = new Set(ordered)
  const rest = [...waitsFor.keys(), ...instances.map(({ task }) => task)].filter((task) => !seen.has(task))
  return [...ordered, ...new Set(rest.sort())]
}

export function gridColumns(
  runs: readonly DagRunRow[],
  instances: readonly InstanceOfRun[],
): readonly GridColumn[] {
  const columns = new Map(runs.map(({ run }) => [run, new Map<string, (string | null)[]>()]))
  for (const { run, task, state } of instances) {
    const column = columns.get(run)
    column?.set(task, [...(column.get(task) ?? []), state])
  }
  return runs.map((run) => {
    const cells = [...(columns.get(run.run) ?? [])].map(([task, states]): [string, GridCell] => [
      task,
      { state: gravest(states), indexes: states.length },
    ])
    return { run, cells: Object.fromEntries(cells) }
  })
}

const gravity = ['failing', 'progress', 'waiting', 'neutral', 'ok'] as const

/** What a mark for several indexes must not hide. */
function gravest(states: readonly (string | null)[]): string | null {
  const rank = (state: string | null): number => gravity.indexOf(airflowState(state).tone)
  return states.toSorted((one, other) => rank(one) - rank(other))[0] ?? null
}
