import { optInKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import { unitWords, type WatchUnit } from './watch-unit'

const isOptIn = ({ kind }: WatchUnit): boolean => optInKinds.includes(kind)

/** Pure: what may not be read, as short as it can be said; null when that is nothing that anybody has to permit. */
export function missedWords(forbidden: readonly WatchUnit[], allowed: readonly WatchUnit[]): string | null {
  const missed = forbidden.filter((unit) => !isOptIn(unit))
  // A namespace itself may be readable although nothing in it is.
  const readable = new Set(
    allowed.filter(({ kind }) => kind !== 'Namespace').map(({ namespace }) => namespace),
  )
  const closed = [...new Set(missed.map(({ namespace }) => namespace))]
    .filter((namespace) => namespace !== null)
    .filter((namespace) => !readable.has(namespace))
  const rest = missed.filter(({ namespace }) => namespace === null || !closed.includes(namespace))
  const open = (unit: WatchUnit): boolean => unit.namespace !== null && !closed.includes(unit.namespace)
  const somewhere = new Set<WatchedKind>(allowed.filter(open).map(({ kind }) => kind))
  const words = rest.map((unit) => (somewhere.has(unit.kind) ? unitWords(unit) : unit.kind))
  const all = [...closed.map((namespace) => `anything in ${namespace}`), ...new Set(words)]
  return all.length === 0 ? null : `May not read ${all.join(', ')}`
}
