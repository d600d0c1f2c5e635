type Schema = Readonly<Record<string, unknown>>

export type Word = { readonly label: string; readonly detail: string; readonly info: string }

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What parameters and outputs are: JSON Schemas themselves. */
const jsonSchemaKeys: readonly Word[] = [
  { label: 'type', detail: 'string', info: 'string, integer, number, boolean, array or object.' },
  { label: 'title', detail: 'string', info: 'What the form calls it.' },
  { label: 'description', detail: 'string', info: 'Shown under the field.' },
  { label: 'default', detail: 'any', info: 'A value, or an expression over run.' },
  { label: 'enum', detail: 'list', info: 'The values to choose from.' },
  { label: 'format', detail: 'string', info: 'date or date-time, for example.' },
  { label: 'items', detail: 'schema', info: 'Of each item of an array.' },
  { label: 'properties', detail: 'map', info: 'Of an object.' },
  { label: 'minimum', detail: 'number', info: '' },
  { label: 'maximum', detail: 'number', info: '' },
  { label: 'pattern', detail: 'string', info: 'A regular expression.' },
]
const jsonSchemaValues: Readonly<Record<string, readonly string[]>> = {
  type: ['string', 'integer', 'number', 'boolean', 'array', 'object'],
  format: ['date', 'date-time', 'email', 'uri', 'uuid'],
}

/** The schemas that a path may mean: where a value may be one of several, all of them. */
export function schemasAt(root: Schema, path: readonly string[]): readonly Schema[] {
  return path.reduce<readonly Schema[]>(
    (at, part) => at.flatMap((schema) => alternatives(schema)).flatMap((schema) => child(schema, part)),
    [root],
  )
}

function alternatives(schema: Schema): readonly Schema[] {
  const more = ['anyOf', 'oneOf', 'allOf'].flatMap((word) => {
    const list = schema[word]
    return Array.isArray(list) ? (list as unknown[]).filter(isSchema).flatMap(alternatives) : []
  })
  return more.length > 0 ? [schema, ...more] : [schema]
}

function child(schema: Schema, part: string): readonly Schema[] {
  if (part === '*') return isSchema(schema['items']) ? [schema['items']] : []
  const properties = schema['properties']
  if (isSchema(properties) && isSchema(properties[part])) return [properties[part]]
  return isSchema(schema['additionalProperties']) ? [schema['additionalProperties']] : []
}

/** A map whose keys are free, and whose values may be anything: a JSON Schema. */
const isJsonSchema = (schema: Schema): boolean =>
  schema['type'] === 'object' &&
  !isSchema(schema['properties']) &&
  isSchema(schema['additionalProperties']) &&
  Object.keys(schema['additionalProperties']).length === 0

export function keysAt(root: Schema, path: readonly string[]): readonly Word[] {
  const found = schemasAt(root, path).flatMap(alternatives)
  const words = found.flatMap((schema) => {
    if (isJsonSchema(schema)) return jsonSchemaKeys
    const properties = schema['properties']
    if (!isSchema(properties)) return []
    const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : []
    return Object.entries(properties).flatMap(([label, value]) =>
      isSchema(value)
        ? [
            {
              label,
              detail: `${typeText(value)}${required.includes(label) ? ', required' : ''}`,
              info: infoOf(value),
            },
          ]
        : [],
    )
  })
  return [...new Map(words.map((word) => [word.label, word])).values()]
}

export function valuesAt(root: Schema, path: readonly string[]): readonly Word[] {
  const last = path.at(-1) ?? ''
  const inJsonSchema = schemasAt(root, path.slice(0, -1)).some(isJsonSchema)
  if (inJsonSchema && jsonSchemaValues[last])
    return jsonSchemaValues[last].map((label) => ({ label, detail: '', info: '' }))
  return schemasAt(root, path)
    .flatMap(alternatives)
    .flatMap((schema) => {
      const values = Array.isArray(schema['enum'])
        ? (schema['enum'] as unknown[])
        : Object.hasOwn(schema, 'const')
          ? [schema['const']]
          : schema['type'] === 'boolean'
            ? [true, false]
            : []
      return values.map((value) => ({
        label: String(value),
        detail: value === schema['default'] ? 'default' : '',
        info: '',
      }))
    })
}

function typeText(schema: Schema): string {
  if (Array.isArray(schema['enum'])) return 'one of several'
  const types = [
    ...new Set(alternatives(schema).flatMap(({ type }) => (typeof type === 'string' ? [type] : []))),
  ]
  const words = types.map((type) => (type === 'object' ? 'map' : type === 'array' ? 'list' : type))
  return words.join(' or ') || 'any'
}

const infoOf = (schema: Schema): string =>
  [
    typeof schema['description'] === 'string' ? schema['description'] : '',
    ['string', 'number', 'boolean'].includes(typeof schema['default'])
      ? `Default: ${String(schema['default'])}.`
      : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
