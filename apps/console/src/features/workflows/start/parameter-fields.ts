type Schema = Readonly<Record<string, unknown>>

export type FieldKind = 'text' | 'number' | 'boolean' | 'choice' | 'date' | 'date-time' | 'list' | 'json'

/** One parameter as a form asks for it. */
export type ParameterField = {
  readonly name: string
  readonly kind: FieldKind
  readonly title: string
  readonly hint: string
  /** Without a default it must be given. */
  readonly required: boolean
  /** What the field begins with; left as it is, nothing is sent and the definition decides. */
  readonly initial: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly schema: Schema
}

/** Where the server puts the text of a default that is worked out when a run starts. */
const expressionKey = 'x-default'

export const fieldsOf = (parameters: Readonly<Record<string, Schema>>): ParameterField[] =>
  Object.entries(parameters).map(([name, schema]) => {
    const kind = kindOf(schema)
    const expression = schema[expressionKey]
    const hasDefault = Object.hasOwn(schema, 'default') || typeof expression === 'string'
    return {
      name,
      kind,
      title: typeof schema['title'] === 'string' ? schema['title'] : name,
      hint: hintOf(schema, kind),
      required: !hasDefault,
      initial: Object.hasOwn(schema, 'default') ? textOf(kind, schema['default']) : '',
      options: kind === 'choice' ? choices(schema) : [],
      schema,
    }
  })

function kindOf(schema: Schema): FieldKind {
  if (Array.isArray(schema['enum'])) return 'choice'
  const type = singleType(schema['type'])
  if (type === 'boolean') return 'boolean'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'array') return isPlainList(schema['items']) ? 'list' : 'json'
  if (type !== 'string') return 'json'
  if (schema['format'] === 'date') return 'date'
  return schema['format'] === 'date-time' ? 'date-time' : 'text'
}

function singleType(type: unknown): string | null {
  if (typeof type === 'string') return type
  if (!Array.isArray(type)) return null
  const rest = (type as unknown[]).filter((each) => each !== 'null')
  return rest.length === 1 && typeof rest[0] === 'string' ? rest[0] : null
}

const isPlainList = (items: unknown): boolean =>
  typeof items === 'object' &&
  items !== null &&
  'type' in items &&
  ['string', 'integer', 'number'].includes(String(items.type))

const choices = (schema: Schema): ParameterField['options'] =>
  (schema['enum'] as unknown[]).map((value) => ({
    value: JSON.stringify(value),
    label: typeof value === 'string' ? value : JSON.stringify(value),
  }))

function textOf(kind: FieldKind, value: unknown): string {
  if (kind === 'choice') return JSON.stringify(value)
  if (kind === 'list' && Array.isArray(value)) return value.map(String).join('\n')
  if (kind === 'json') return JSON.stringify(value, null, 2)
  if (kind === 'date-time' && typeof value === 'string') return localInput(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function hintOf(schema: Schema, kind: FieldKind): string {
  const expression = schema[expressionKey]
  const { description, minimum, maximum, minLength, maxLength, pattern } = schema
  return [
    typeof description === 'string' ? description : null,
    kind === 'list' ? 'One per line.' : null,
    kind === 'json' ? 'As JSON.' : null,
    kind === 'date-time' ? `In your time zone, ${Intl.DateTimeFormat().resolvedOptions().timeZone}.` : null,
    bounds(minimum, maximum, ''),
    bounds(minLength, maxLength, ' characters'),
    typeof pattern === 'string' ? `Matches ${pattern}` : null,
    typeof expression === 'string' ? `Left empty: ${expression}` : null,
  ]
    .filter((part) => part !== null)
    .join(' ')
}

function bounds(least: unknown, most: unknown, unit: string): string | null {
  if (typeof least === 'number' && typeof most === 'number') return `From ${least} to ${most}${unit}.`
  if (typeof least === 'number') return `At least ${least}${unit}.`
  return typeof most === 'number' ? `At most ${most}${unit}.` : null
}

/** RFC 3339 as an input of type datetime-local wants it. */
function localInput(at: string): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return ''
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
