interface Envelope {
  readonly json: unknown
  readonly meta?: { readonly values?: unknown }
}

/**
 * The browser's side of superjson. Everything on the surface is plain JSON, so all that its notes ever say is which
 * values were undefined; the library itself would cost every page 5 KB to restore dates that nobody sends.
 */
export const wire = {
  serialize: (value: unknown): Envelope => ({ json: value }),
  deserialize(envelope: Envelope): unknown {
    const values = envelope.meta?.values
    if (values === undefined) return envelope.json
    if (Array.isArray(values)) return values[0] === 'undefined' ? undefined : envelope.json
    for (const [path, note] of Object.entries(values as Record<string, unknown>))
      if (Array.isArray(note) && note[0] === 'undefined') unset(envelope.json, path)
    return envelope.json
  },
}

/** Paths are dotted; a dot or backslash within a key is escaped by a backslash. */
function unset(root: unknown, path: string): void {
  const keys = (path.match(/(?:\\.|[^.\\])+/g) ?? []).map((key) => key.replaceAll(/\\(.)/g, '$1'))
  const last = keys.pop()
  let at = root
  for (const key of keys) at = childOf(at, key)
  if (last === undefined || typeof at !== 'object' || at === null) return
  if (Array.isArray(at)) at[Number(last)] = undefined
  else if (Object.hasOwn(at, last)) delete (at as Record<string, unknown>)[last]
}

const childOf = (parent: unknown, key: string): unknown =>
  typeof parent === 'object' && parent !== null && Object.hasOwn(parent, key)
    ? (parent as Record<string, unknown>)[key]
    : undefined
