import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import draft07 from 'ajv/dist/refs/json-schema-draft-07.json' with { type: 'json' }
import addFormats from 'ajv-formats'
import { messageOf } from '@fairlead/contracts/errors'
import { linearRegExp } from './linear-reg-exp'

type Schema = Readonly<Record<string, unknown>>
type Compiled = ValidateFunction | string

const maxKept = 2_000

// Schemas are written by people: their patterns run on an engine that can't be made to hang.
const createAjv = (): Ajv2020 =>
  addFormats
    .default(
      new Ajv2020({
        strict: false,
        logger: false,
        code: { regExp: Object.assign(linearRegExp, { code: 'linearRegExp' }) },
      }),
    )
    .addMetaSchema(draft07)

let ajv = createAjv()
/** Many tasks have the same schemas, and a workflow many versions. */
const byText = new Map<string, Compiled>()
const bySchema = new WeakMap<Schema, Compiled>()

function compileSchema(schema: Schema): Compiled {
  try {
    return ajv.compile(schema)
  } catch (error) {
    return messageOf(error)
  } finally {
    // Else two with one `$id` would collide.
    ajv.removeSchema(schema)
  }
}

function compiledSchema(schema: Schema): Compiled {
  const known = bySchema.get(schema)
  if (known !== undefined) return known
  const text = JSON.stringify(schema)
  const compiled = byText.get(text) ?? compileSchema(schema)
  if (byText.size >= maxKept) {
    byText.clear()
    // It keeps what it has compiled for ever.
    ajv = createAjv()
  }
  byText.set(text, compiled)
  bySchema.set(schema, compiled)
  return compiled
}

const placed = (name: string, error: ErrorObject): string =>
  `"${name}${error.instancePath.replaceAll('/', '.')}" ${error.message ?? 'is off its schema'}`

/** Why `value` is off its schema; empty when it isn't. */
export function validateJson(schema: Schema, value: unknown, name: string): string[] {
  const validate = compiledSchema(schema)
  if (typeof validate === 'string') return [`"${name}" has no valid JSON Schema: ${validate}`]
  return validate(value) === true ? [] : (validate.errors ?? []).map((error) => placed(name, error))
}

/** Why a schema is no JSON Schema; null when it is. */
export function schemaProblem(schema: Schema): string | null {
  const compiled = compiledSchema(schema)
  return typeof compiled === 'string' ? compiled : null
}
