import type { DagParam } from '@fairlead/contracts/airflow'
import { fieldsOf, type ParameterField } from '../workflows/start/parameter-fields'
import { readFields } from '../workflows/start/parameter-values'

type Schema = Readonly<Record<string, unknown>>

const typesOf = ({ type }: Schema): readonly unknown[] => (Array.isArray(type) ? (type as unknown[]) : [type])
const allowsNull = (schema: Schema): boolean =>
  typesOf(schema).includes('null') || (Array.isArray(schema['enum']) && schema['enum'].includes(null))

/** Airflow lets the type be left out: the value that a parameter has says it then, as in its own form. */
function typed(schema: Schema, value: unknown): Schema {
  if (schema['type'] !== undefined || schema['enum'] !== undefined) return schema
  if (typeof value === 'string' || typeof value === 'boolean') return { ...schema, type: typeof value }
  if (typeof value === 'number') return { ...schema, type: Number.isInteger(value) ? 'integer' : 'number' }
  return schema
}

/**
 * Airflow's parameters as the form of our own workflows asks for them. A value of null is none at all, and only a schema
 * that allows it lets the parameter be left empty.
 */
export const dagFields = (params: readonly DagParam[]): ParameterField[] =>
  params.map(({ name, value, description, schema }) => {
    const described = description === null ? {} : { description }
    const given = value === null ? {} : { default: value }
    // Airflow may write the default into the schema as well; what the parameter has now is what counts.
    const { default: _, ...rest } = typed(schema, value)
    const [field] = fieldsOf({ [name]: { ...described, ...rest, ...given } })
    if (field === undefined) throw new Error(`no field came of ${name}`)
    return value === null && allowsNull(schema) ? { ...field, required: false } : field
  })

/** What to send, or what is wrong with which: what was emptied on purpose is sent as null where that is allowed. */
export function readDagFields(
  fields: readonly ParameterField[],
  texts: Readonly<Record<string, string>>,
): { readonly value: Record<string, unknown>; readonly errors: Record<string, string> } {
  const { value, errors } = readFields(fields, texts)
  for (const { name, initial, schema, kind } of fields)
    if (texts[name] === '' && initial !== '' && kind !== 'boolean' && allowsNull(schema)) value[name] = null
  return { value, errors }
}
