import type { Evaluated } from './compiled'
import { evaluateTemplate, type Scope } from './expression'

class Failed extends Error {
  constructor(readonly failure: Evaluated<never>) {
    super('not rendered')
  }
}

function rendered(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    const result = evaluateTemplate(value, scope)
    if (!result.ok) throw new Failed(result)
    return result.value
  }
  if (Array.isArray(value)) return value.map((part) => rendered(part, scope))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rendered(part, scope)]))
}

/** Expressions inside of strings, however deep; where one is the whole string, its value keeps its type. */
export function renderDeep(value: unknown, scope: Scope): Evaluated<unknown> {
  try {
    return { ok: true, value: rendered(value, scope) }
  } catch (error) {
    if (error instanceof Failed) return error.failure
    throw error
  }
}
