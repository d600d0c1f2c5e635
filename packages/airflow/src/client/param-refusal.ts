import { FairleadError, isFairleadError } from '@fairlead/contracts/errors'

const refusal = /^(?<said>.*Invalid input for param (?<name>[^\s:]+): .*)$/m

/** Airflow names the parameter that it refuses in the midst of a long text; a form wants it beside its field. */
export function explainParam(error: unknown): unknown {
  if (!isFairleadError(error) || error.code !== 'invalid') return error
  const { said, name } = refusal.exec(error.message)?.groups ?? {}
  if (said === undefined || name === undefined) return error
  return new FairleadError('invalid', said, { ...error.detail, path: `parameters.${name}` })
}
