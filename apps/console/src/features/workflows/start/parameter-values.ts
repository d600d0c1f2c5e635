import type { ParameterField } from './parameter-fields'

export type Read = { ok: true; value: unknown } | { ok: true; absent: true } | { ok: false; message: string }

/** What was typed as the value that is sent; the server judges it against the whole schema. */
export function readField(field: ParameterField, text: string): Read {
  const { kind, initial, required } = field
  if (kind === 'boolean') {
    if (!required && text === initial) return { ok: true, absent: true }
    return { ok: true, value: text === 'true' }
  }
  if (!required && text === initial) return { ok: true, absent: true }
  if (text.trim() === '' && !(kind === 'text' && text !== '') && kind !== 'list')
    return required
      ? { ok: false, message: 'This is needed: it has no default.' }
      : { ok: true, absent: true }
  if (kind === 'number') return readNumber(field, text)
  if (kind === 'date-time') return readMoment(text)
  if (kind === 'list') return readList(field, text)
  return kind === 'json' || kind === 'choice' ? readJson(text) : { ok: true, value: text }
}

/** All fields at once: what to send, or what is wrong with which. */
export function readFields(fields: readonly ParameterField[], texts: Readonly<Record<string, string>>) {
  const value: Record<string, unknown> = {}
  const errors: Record<string, string> = {}
  for (const field of fields) {
    const read = readField(field, texts[field.name] ?? field.initial)
    if (!read.ok) errors[field.name] = read.message
    else if ('value' in read) value[field.name] = read.value
  }
  return { value, errors }
}

function readNumber({ schema }: ParameterField, text: string): Read {
  const value = Number(text)
  if (!Number.isFinite(value)) return { ok: false, message: `“${text}” is not a number.` }
  if (schema['type'] === 'integer' && !Number.isInteger(value))
    return { ok: false, message: `${text} is not a whole number.` }
  const { minimum, maximum } = schema
  if (typeof minimum === 'number' && value < minimum) return { ok: false, message: `At least ${minimum}.` }
  if (typeof maximum === 'number' && value > maximum) return { ok: false, message: `At most ${maximum}.` }
  return { ok: true, value }
}

function readMoment(text: string): Read {
  const at = new Date(text)
  return Number.isNaN(at.getTime())
    ? { ok: false, message: 'This is no date and time.' }
    : { ok: true, value: at.toISOString() }
}

function readList({ schema }: ParameterField, text: string): Read {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  const type = (schema['items'] as { type?: unknown } | undefined)?.type
  if (type === 'string') return { ok: true, value: lines }
  const bad = lines.find((line) => !Number.isFinite(Number(line)))
  return bad === undefined
    ? { ok: true, value: lines.map(Number) }
    : { ok: false, message: `“${bad}” is not a number.` }
}

function readJson(text: string): Read {
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch (error) {
    return {
      ok: false,
      message: `This is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`,
    }
  }
}

/** `parameters.day` of a refusal belongs to the field `day`; null: to all of them. */
export function refusedField(path: string | undefined, fields: readonly ParameterField[]): string | null {
  const name = path?.startsWith('parameters.') ? path.slice('parameters.'.length) : null
  return fields.some((field) => field.name === name) ? name : null
}
