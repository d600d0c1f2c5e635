/** Objects of a cluster are untrusted JSON: whatever is not of the expected type reads as absent. */
export type Loose = Readonly<Record<string, unknown>>

const nothing: Loose = {}
export const recordIn = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : nothing
export const recordsIn = (value: unknown): readonly Loose[] =>
  Array.isArray(value) ? value.map(recordIn) : []
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
export const integerIn = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.trunc(value) : 0
export const textsIn = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(recordIn(value)).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  )
export const textListIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

/** An ISO time as JavaScript writes it, or null for what is no time. */
export function timeIn(value: unknown): string | null {
  const at = Date.parse(textIn(value))
  return Number.isNaN(at) || Math.abs(at) > latestMs ? null : new Date(at).toISOString()
}
/** The year 9999: what both JavaScript and PostgreSQL write with four digits. */
const latestMs = 253_402_300_799_000
