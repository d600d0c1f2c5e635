import type { Evaluated } from './compiled'

/** All values, or the first failure. */
export function all<T>(results: readonly Evaluated<T>[]): Evaluated<T[]> {
  const values: T[] = []
  for (const result of results) {
    if (!result.ok) return result
    values.push(result.value)
  }
  return { ok: true, value: values }
}

export function allOf<T>(results: Readonly<Record<string, Evaluated<T>>>): Evaluated<Record<string, T>> {
  const keys = Object.keys(results)
  const values = all(Object.values(results))
  if (!values.ok) return values
  return {
    ok: true,
    value: Object.fromEntries(values.value.map((value, index) => [keys[index] ?? '', value])),
  }
}
