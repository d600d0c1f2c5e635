import type { DagParam } from '@fairlead/contracts/airflow'
import { FairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'

/**
 * What is sent with an answer: a value for every parameter, for Airflow takes an answer with anything else and then fails
 * the task on it. Throws `invalid` with the path of the parameter.
 */
export function humanParams(
  params: readonly DagParam[],
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const known = new Set(params.map(({ name }) => name))
  const unknown = Object.keys(given).find((name) => !known.has(name))
  if (unknown !== undefined)
    throw new FairleadError('invalid', `The task asks for nothing named ${unknown}.`, {
      path: `parameters.${unknown}`,
      expected: [...known].join(', ') || 'no parameter at all',
    })
  return Object.fromEntries(
    params.map((param) => {
      const value = Object.hasOwn(given, param.name) ? given[param.name] : param.value
      const problem = problemOf(param, value)
      if (problem !== null)
        throw new FairleadError('invalid', `${param.name}: ${problem}`, { path: `parameters.${param.name}` })
      return [param.name, value]
    }),
  )
}

function problemOf({ schema }: DagParam, value: unknown): string | null {
  const judge = judgeOf(schema)
  const parsed = judge?.safeParse(value)
  if (parsed === undefined || parsed.success) return null
  const [issue] = parsed.error.issues
  const at = issue?.path.join('.') ?? ''
  return `${at === '' ? '' : `${at}: `}${issue?.message ?? 'not what its schema allows'}`
}

/** Null for a schema that can't be read: Airflow judges then. */
function judgeOf(schema: DagParam['schema']): z.ZodType | null {
  try {
    return z.fromJSONSchema(schema)
  } catch {
    return null
  }
}
