import type { LineageGraph } from '@fairlead/contracts/workflow'

export interface LineageRow {
  readonly project: string
  readonly workflow: string
  readonly task: string
  readonly dataset: string
  readonly direction: string
  readonly run: string
  readonly at: Date
}

/**
 * Which task reads and writes what. Of each task what its newest run declared: a dataset that is named by the day would
 * otherwise be there once for each day.
 */
export function lineageGraph(rows: readonly LineageRow[]): LineageGraph {
  const newest = new Map<string, LineageRow>()
  for (const row of rows) {
    const known = newest.get(taskKey(row))
    if (known === undefined || known.at < row.at) newest.set(taskKey(row), row)
  }
  const current = rows.filter((row) => newest.get(taskKey(row))?.run === row.run).sort(byName)
  const tasks = new Map(
    current.map(({ project, workflow, task }) => [
      taskKey({ project, workflow, task }),
      { project, workflow, task },
    ]),
  )
  return {
    tasks: [...tasks.values()],
    datasets: [...new Set(current.map(({ dataset }) => dataset))].sort(),
    edges: current.map(({ workflow, task, dataset, direction, run, at }) => ({
      workflow,
      task,
      dataset,
      direction: direction === 'output' ? ('output' as const) : ('input' as const),
      at: at.toISOString(),
      run,
    })),
  }
}

const taskKey = (row: Pick<LineageRow, 'project' | 'workflow' | 'task'>): string =>
  [row.project, row.workflow, row.task].join('\n')
const sortKey = (row: LineageRow): string => [taskKey(row), row.direction, row.dataset].join('\n')
const byName = (a: LineageRow, b: LineageRow): number => (sortKey(a) < sortKey(b) ? -1 : 1)
