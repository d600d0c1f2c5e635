import type { CompiledWorkflow, ExpressionScope } from './compiled'
import { evaluateTemplate } from './expression'
import { validateJson } from './json-validate'

/** Bytes of all parameters of a run as JSON. */
export const maxParametersBytes = 256 * 1024

export interface ParameterProblem {
  /** Null: of all of them together. */
  readonly parameter: string | null
  readonly reason: string
}

export type ResolvedParameters =
  | { readonly ok: true; readonly value: Record<string, unknown> }
  | { readonly ok: false; readonly problems: readonly ParameterProblem[] }

/** A default may be an expression over `run`. */
function renderDefault(value: unknown, run: ExpressionScope['run']): { value: unknown } | { reason: string } {
  if (typeof value !== 'string') return { value }
  const result = evaluateTemplate(value, { run })
  return result.ok ? { value: result.value } : { reason: result.reason }
}

/** The parameters of a run: those given, else defaults; every one checked against its schema, none unknown. */
export function resolveParameters(
  workflow: CompiledWorkflow,
  given: Readonly<Record<string, unknown>>,
  { run }: Pick<ExpressionScope, 'run'>,
): ResolvedParameters {
  const schemas = workflow.document.spec.parameters
  const problems: ParameterProblem[] = Object.keys(given)
    .filter((name) => !Object.hasOwn(schemas, name))
    .map((parameter) => ({ parameter, reason: `"${parameter}" is no parameter of "${workflow.name}"` }))
  const value: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(schemas)) {
    const one = Object.hasOwn(given, name)
      ? { value: given[name] }
      : Object.hasOwn(schema, 'default')
        ? renderDefault(schema['default'], run)
        : { reason: `"${name}" is missing and has no default` }
    const reasons = 'reason' in one ? [one.reason] : validateJson(schema, one.value, name)
    problems.push(...reasons.map((reason) => ({ parameter: name, reason })))
    if ('value' in one) value[name] = one.value
  }
  if (problems.length > 0) return { ok: false, problems }
  const bytes = Buffer.byteLength(JSON.stringify(value))
  if (bytes > maxParametersBytes)
    return {
      ok: false,
      problems: [
        { parameter: null, reason: `the parameters are ${bytes} bytes; at most ${maxParametersBytes}` },
      ],
    }
  return { ok: true, value }
}
