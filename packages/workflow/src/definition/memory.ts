import type { RetryPolicy } from './compiled'

const units = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
} as const
type Unit = keyof typeof units

const isUnit = (text: string): text is Unit => Object.hasOwn(units, text)

/** Bytes of a Kubernetes quantity of memory; null where it is none. */
export function memoryBytes(quantity: string): number | null {
  const [, digits, unit] = /^(\d+(?:\.\d+)?(?:[eE]\d+)?)([A-Za-z]*)$/.exec(quantity.trim()) ?? []
  if (digits === undefined || unit === undefined || !isUnit(unit)) return null
  const bytes = Number(digits) * units[unit]
  return Number.isFinite(bytes) ? Math.ceil(bytes) : null
}

/** In the unit that was written where it stays whole, else in the largest that does. */
function quantityOf(bytes: number, written: string): string {
  const unit = /[A-Za-z]*$/.exec(written.trim())?.[0] ?? ''
  const candidates: readonly Unit[] = isUnit(unit) && unit !== '' ? [unit, 'Mi', 'Ki'] : ['Gi', 'Mi', 'Ki']
  const fitting = candidates.find((candidate) => bytes % units[candidate] === 0)
  return fitting === undefined ? String(bytes) : `${bytes / units[fitting]}${fitting}`
}

/** Memory after an OOM kill. Null where none was set, or none that can be read: there is nothing to raise. */
export function nextMemory(
  current: string | null,
  oomMemory: NonNullable<RetryPolicy['oomMemory']>,
): string | null {
  const bytes = current === null ? null : memoryBytes(current)
  if (current === null || bytes === null || bytes === 0) return null
  const next = oomMemory.kind === 'factor' ? bytes * oomMemory.value : bytes + oomMemory.value
  const rounded = Math.ceil(next)
  return Number.isSafeInteger(rounded) && rounded > bytes ? quantityOf(rounded, current) : null
}
