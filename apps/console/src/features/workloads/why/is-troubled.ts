import type { ObjectRow } from '@fairlead/contracts/inventory'
import { stateOf } from '../row-words'

/** Pods of which one asks why: those that do not run as they should, and have not simply finished. */
export function isTroubled(row: ObjectRow): boolean {
  const state = stateOf(row)
  return row.kind === 'Pod' && state !== null && state.tone !== 'ok' && state.tone !== 'neutral'
}
