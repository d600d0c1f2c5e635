import type { GraphTask, RunTask } from '@fairlead/contracts/workflow'

export type GanttRow =
  | { readonly kind: 'task'; readonly key: string; readonly task: RunTask; readonly node: GraphTask | null }
  | { readonly kind: 'index'; readonly key: string; readonly task: RunTask; readonly of: string }
  | { readonly kind: 'more'; readonly key: string; readonly of: string; readonly left: number }

/** How far each task stands from the roots: the longest way counts. */
export function depthsOf(graph: readonly GraphTask[]): ReadonlyMap<string, number> {
  const needs = new Map(graph.map((node) => [node.id, node.needs]))
  const open = new Map(graph.map((node) => [node.id, node.needs.filter((id) => needs.has(id)).length]))
  const dependents = new Map<string, string[]>()
  for (const node of graph)
    for (const id of node.needs) dependents.set(id, [...(dependents.get(id) ?? []), node.id])
  const depths = new Map<string, number>()
  const free = graph.filter(({ id }) => open.get(id) === 0).map(({ id }) => id)
  for (const id of free) depths.set(id, 0)
  for (let id = free.shift(); id !== undefined; id = free.shift()) {
    for (const next of dependents.get(id) ?? []) {
      depths.set(next, Math.max(depths.get(next) ?? 0, (depths.get(id) ?? 0) + 1))
      const left = (open.get(next) ?? 1) - 1
      open.set(next, left)
      if (left === 0) free.push(next)
    }
  }
  return depths
}

type RowsInput = {
  readonly graph: readonly GraphTask[]
  readonly tasks: readonly RunTask[]
  /** Indexes of the fan-outs that stand open, as far as they are loaded. */
  readonly opened: ReadonlyMap<string, readonly RunTask[]>
}

/** Upstream before downstream, always in the same order: rows don't jump while the run moves. */
export function ganttRows({ graph, tasks, opened }: RowsInput): GanttRow[] {
  const depths = depthsOf(graph)
  const nodes = new Map(graph.map((node, position) => [node.id, { node, position }]))
  const rank = (id: string) => depths.get(id) ?? 0
  const place = (id: string) => nodes.get(id)?.position ?? 0
  return [...tasks]
    .sort((one, other) => rank(one.id) - rank(other.id) || place(one.id) - place(other.id))
    .flatMap((task): GanttRow[] => {
      const row = { kind: 'task', key: task.id, task, node: nodes.get(task.id)?.node ?? null } as const
      const indexes = opened.get(task.id)
      if (indexes === undefined) return [row]
      const left = (task.indexes?.size ?? indexes.length) - indexes.length
      return [
        row,
        ...indexes.map((each): GanttRow => ({
          kind: 'index',
          key: `${each.id}[${each.index}]`,
          task: each,
          of: task.id,
        })),
        ...(left > 0 ? [{ kind: 'more', key: `${task.id}+`, of: task.id, left } as const] : []),
      ]
    })
}

/** The pairs of neighbours on the critical path, as row numbers. */
export function criticalLinks(rows: readonly GanttRow[], path: readonly string[]): [number, number][] {
  const at = new Map(rows.flatMap((row, index) => (row.kind === 'task' ? [[row.task.id, index]] : [])))
  return path.slice(1).flatMap((id, index) => {
    const from = at.get(path[index] ?? '')
    const to = at.get(id)
    return from === undefined || to === undefined ? [] : [[from, to] as [number, number]]
  })
}
