export interface Edges {
  readonly id: string
  readonly needs: readonly string[]
}

export interface TopologicalOrder {
  /** Those before others first; where nothing decides, as the document has them. */
  readonly order: readonly string[]
  /** Tasks that stand on a cycle or behind one. */
  readonly stuck: readonly string[]
}

/** Kahn's algorithm. Needs that don't exist are left out. */
export function topologicalOrder(tasks: readonly Edges[]): TopologicalOrder {
  const missing = new Map(tasks.map((task) => [task.id, 0]))
  const downstream = new Map<string, string[]>(tasks.map((task) => [task.id, []]))
  for (const { id, needs } of tasks)
    for (const need of new Set(needs)) {
      const after = downstream.get(need)
      if (after === undefined) continue
      after.push(id)
      missing.set(id, (missing.get(id) ?? 0) + 1)
    }
  const order = tasks.filter(({ id }) => missing.get(id) === 0).map(({ id }) => id)
  for (let at = 0; at < order.length; at += 1)
    for (const id of downstream.get(order[at] ?? '') ?? []) {
      const left = (missing.get(id) ?? 0) - 1
      missing.set(id, left)
      if (left === 0) order.push(id)
    }
  const sorted = new Set(order)
  return { order, stuck: tasks.map(({ id }) => id).filter((id) => !sorted.has(id)) }
}

/** Every cycle apart from those that share a task with one already found; each as a → b → a. */
export function findCycles(tasks: readonly Edges[]): readonly (readonly string[])[] {
  const stuck = new Set(topologicalOrder(tasks).stuck)
  const needs = new Map(tasks.map((task) => [task.id, task.needs.filter((need) => stuck.has(need))]))
  const done = new Set<string>()
  const cycles: string[][] = []
  for (const start of stuck) {
    const path: string[] = []
    const onPath = new Map<string, number>()
    let at: string | undefined = start
    // Each stuck task needs another stuck one, so that walking on always ends in a cycle or in what is done.
    while (at !== undefined && !done.has(at) && !onPath.has(at)) {
      onPath.set(at, path.length)
      path.push(at)
      at = needs.get(at)?.find((need) => onPath.has(need)) ?? needs.get(at)?.find((need) => !done.has(need))
    }
    const from = at === undefined ? undefined : onPath.get(at)
    if (from !== undefined) cycles.push([...path.slice(from).reverse(), path.at(-1) ?? ''])
    path.forEach((id) => done.add(id))
  }
  return cycles
}
