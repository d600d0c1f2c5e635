import type { InputOf, OutputOf } from '@fairlead/contracts/surface'
import type { ObjectRow } from '@fairlead/contracts/inventory'
import type { LiveChange } from '@fairlead/contracts/live'

export type ObjectChange = Extract<LiveChange, { topic: 'object' }>
type ListInput = InputOf<'object.list'>
type List = OutputOf<'object.list'>

/** Where each row of a cached list stands, so that a change among 30,000 rows costs one look-up. */
const positions = new WeakMap<readonly ObjectRow[], Map<string, number>>()

/**
 * The list after the changes, or the same list when none concerns it.
 * Order is not kept (the last row fills a gap): tables sort what they show.
 */
export function patchList(list: List, input: ListInput, changes: readonly ObjectChange[]): List {
  const relevant = changes.filter((change) => concerns(input, change))
  if (relevant.length === 0) return list
  const rows = [...list.rows]
  const index = positions.get(list.rows) ?? new Map(rows.map((row, at) => [row.uid, at]))
  let total = list.total
  let changed = false
  for (const change of relevant) {
    const at = index.get(change.uid)
    const known = at === undefined ? undefined : rows[at]
    const wanted = change.op === 'upsert' && matches(input, change.row) ? change.row : null
    if (known && change.op === 'upsert' && known.observedAt > change.row.observedAt) continue
    if (wanted && at !== undefined) rows[at] = wanted
    else if (wanted) {
      total += 1
      if (list.truncated) continue
      index.set(wanted.uid, rows.push(wanted) - 1)
    } else if (at !== undefined) {
      total -= 1
      removeAt(rows, index, at)
    } else continue
    changed = true
  }
  if (!changed) return total === list.total ? list : { ...list, total }
  positions.delete(list.rows)
  positions.set(rows, index)
  return { ...list, rows, total }
}

function removeAt(rows: ObjectRow[], index: Map<string, number>, at: number): void {
  const gone = rows[at]
  const last = rows.pop()
  if (gone) index.delete(gone.uid)
  if (!last || last === gone) return
  rows[at] = last
  index.set(last.uid, at)
}

const concerns = (input: ListInput, change: ObjectChange): boolean =>
  input.kinds.includes(change.kind) && inClusters(input, change.clusterId)

const inClusters = ({ clusters = [] }: ListInput, clusterId: string): boolean =>
  clusters.length === 0 || clusters.some((id) => id === clusterId)

/** The filters of `object.list`, as the server applies them. */
export function matches(input: ListInput, row: ObjectRow): boolean {
  const { namespace, search, labels = {}, ownerUid, state } = input
  return (
    (namespace === undefined || row.namespace === namespace) &&
    (search === undefined ||
      `${row.namespace ?? ''}/${row.name}`.toLowerCase().includes(search.toLowerCase())) &&
    Object.entries(labels).every(([key, value]) => row.labels[key] === value) &&
    (ownerUid === undefined || row.ownerUid === ownerUid) &&
    (state === undefined || row.verdict?.state === state)
  )
}
