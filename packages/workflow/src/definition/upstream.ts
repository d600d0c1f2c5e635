import { topologicalOrder, type Edges } from './topological-order'

/**
 * Whether a task stands upstream of another, directly or not, for the `targets` alone: a bit for each, handed down along
 * the needs, so that 10,000 tasks that read each other cost megabytes and milliseconds.
 */
export function upstreamOf(
  tasks: readonly Edges[],
  targets: ReadonlySet<string>,
): (target: string, task: string) => boolean {
  const bits = new Map([...targets].map((id, index) => [id, index]))
  const words = Math.ceil(bits.size / 32)
  const needsOf = new Map(tasks.map(({ id, needs }) => [id, needs]))
  const above = new Map<string, Uint32Array>()
  const mark = (set: Uint32Array, bit: number): void => {
    set[bit >>> 5] = (set[bit >>> 5] ?? 0) | (1 << (bit & 31))
  }
  for (const id of topologicalOrder(tasks).order) {
    const set = new Uint32Array(words)
    for (const need of needsOf.get(id) ?? []) {
      const bit = bits.get(need)
      if (bit !== undefined) mark(set, bit)
      above.get(need)?.forEach((word, index) => (set[index] = (set[index] ?? 0) | word))
    }
    above.set(id, set)
  }
  return (target, task) => {
    const bit = bits.get(target)
    const set = above.get(task)
    // Behind a cycle nothing has an order: that is told already.
    if (set === undefined) return target !== task
    return bit !== undefined && ((set[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0
  }
}
