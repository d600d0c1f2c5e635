import type { ObjectRow } from '@fairlead/contracts/inventory'
import { verdictStates, type VerdictState } from '@fairlead/contracts/verdict'
import type { Tone } from '@fairlead/ui/tone'

const words = new WeakMap<ObjectRow, string>()

/** What the filter looks in: computed once per row, so that a keystroke over 30,000 costs a search only. */
export function wordsOf(row: ObjectRow, cluster: string): string {
  const known = words.get(row)
  if (known !== undefined) return known
  const said = [
    row.name,
    row.namespace ?? '',
    cluster,
    ...Object.values(row.cells),
    ...row.images,
    row.verdict?.message ?? '',
  ]
    .join(' ')
    .toLowerCase()
  words.set(row, said)
  return said
}

export interface RowState {
  /** In the address. */
  readonly value: string
  readonly word: string
  readonly tone: Tone
}

const fine = new Set(['Running', 'Active', 'Ready', 'Complete', 'Bound', 'Available'])
const finished = new Set(['Completed', 'Succeeded', 'Released'])
const moving = new Set(['Pending', 'ContainerCreating', 'PodInitializing', 'Terminating', 'Suspended'])
const unsure = new Set(['Unknown', 'NodeLost'])

/** The state to filter by: the verdict of a workload, kubectl's STATUS of the others. */
export function stateOf(row: ObjectRow): RowState | null {
  if (row.verdict) return { value: row.verdict.state, ...verdictStates[row.verdict.state as VerdictState] }
  const status = row.kind === 'Event' ? row.cells['Type'] : row.cells['Status']
  if (status === undefined || status === '') return null
  return { value: status, word: status, tone: toneOf(status, row) }
}

function toneOf(status: string, row: ObjectRow): Tone {
  if (row.kind === 'Event') return status === 'Warning' ? 'progress' : 'neutral'
  if (status === 'Running' && row.kind === 'Pod') return isReady(row) ? 'ok' : 'progress'
  if (fine.has(status)) return 'ok'
  if (finished.has(status)) return 'neutral'
  if (unsure.has(status)) return 'unknown'
  if (moving.has(status) || /^Init:\d+\/\d+$/.test(status)) return 'progress'
  if (status.startsWith('Ready,')) return 'paused'
  return 'failing'
}

function isReady(row: ObjectRow): boolean {
  const [ready, all] = (row.cells['Ready'] ?? '').split('/')
  return ready === all
}
