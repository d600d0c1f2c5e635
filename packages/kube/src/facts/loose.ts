/** Objects of a cluster are untrusted JSON: whatever is not of the expected type reads as absent. */
export type Loose = Readonly<Record<string, unknown>>

const nothing: Loose = {}
export const recordIn = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : nothing
export const recordsIn = (value: unknown): readonly Loose[] =>
  Array.isArray(value) ? value.map(recordIn) : []
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
export const countIn = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.trunc(value) : 0
export const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
export const labelsIn = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(recordIn(value)).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  )
export const timeIn = (value: unknown): string | null => {
  const at = Date.parse(textIn(value))
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
