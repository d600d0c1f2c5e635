import type { ObjectRow } from '@fairlead/contracts/inventory'
import type { Sort } from '@fairlead/ui/table-column'

type Key = string | number
export type KeyOf = (row: ObjectRow) => Key

const number = /^-?\d+(\.\d+)?/

/** Cells that begin with a number (`3`, `2/3`, `5 (3m ago)`) sort by it, others by their text. */
export function keyOf(column: string, clusterName: (id: string) => string): KeyOf {
  if (column === 'name') return (row) => row.name
  if (column === 'cluster') return (row) => clusterName(row.clusterId)
  if (column === 'namespace') return (row) => row.namespace ?? ''
  // The newest has the smallest age.
  if (column === 'age') return (row) => -Date.parse(row.createdAt)
  if (column === 'state') return (row) => severity[row.verdict?.state ?? ''] ?? row.cells['Status'] ?? ''
  if (column === 'replicas') return (row) => distance(row)
  return (row) => {
    const cell = row.cells[column] ?? ''
    return number.test(cell) ? Number.parseFloat(cell) : cell.toLowerCase()
  }
}

/** Descending brings what is worst to the top. */
const severity: Record<string, number> = {
  converged: 0,
  paused: 1,
  unproven: 2,
  progressing: 3,
  degraded: 4,
  deadline_exceeded: 5,
}

const distance = ({ verdict }: ObjectRow): number =>
  verdict?.replicas ? Math.abs(verdict.replicas.desired - verdict.replicas.ready) : 0

/**
 * The rows in order. Starting from the last order makes a change of a few rows among 30,000 nearly free,
 * because the sort then meets runs that are sorted already.
 */
export function ordered(
  rows: readonly ObjectRow[],
  previous: readonly ObjectRow[],
  by: { readonly sort: Sort | null; readonly clusterName: (id: string) => string },
): ObjectRow[] {
  const key = keyOf(by.sort?.column ?? 'name', by.clusterName)
  const sign = by.sort?.direction === 'descending' ? -1 : 1
  const cluster = keyOf('cluster', by.clusterName)
  return inOldOrder(rows, previous).sort(
    (a, b) =>
      sign * compare(key(a), key(b)) ||
      compare(a.namespace ?? '', b.namespace ?? '') ||
      compare(a.name, b.name) ||
      compare(cluster(a), cluster(b)),
  )
}

function inOldOrder(rows: readonly ObjectRow[], previous: readonly ObjectRow[]): ObjectRow[] {
  if (previous.length === 0) return [...rows]
  const fresh = new Map(rows.map((row) => [row.uid, row]))
  const kept: ObjectRow[] = []
  for (const { uid } of previous) {
    const row = fresh.get(uid)
    if (row === undefined) continue
    kept.push(row)
    fresh.delete(uid)
  }
  return [...kept, ...fresh.values()]
}

function compare(a: Key, b: Key): number {
  if (a === b) return 0
  // A column may hold numbers and words (`<none>`): the words come last.
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
  return a < b ? -1 : 1
}
