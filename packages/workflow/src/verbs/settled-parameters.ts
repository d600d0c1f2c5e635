import { FairleadError } from '@fairlead/contracts/errors'
import type { CompiledWorkflow, ExpressionScope } from '../definition/compiled'
import { resolveParameters } from '../definition/parameters'

/** Parameters of a run as its definition has them, or an error that names the first that isn't. */
export function settledParameters(
  compiled: CompiledWorkflow,
  given: Readonly<Record<string, unknown>>,
  run: ExpressionScope['run'],
): Readonly<Record<string, unknown>> {
  const resolved = resolveParameters(compiled, given, { run })
  if (resolved.ok) return resolved.value
  const [first, ...others] = resolved.problems
  const parameter = first?.parameter ?? null
  const value = parameter === null ? undefined : given[parameter]
  const schema = parameter === null ? undefined : compiled.document.spec.parameters[parameter]
  const names = Object.keys(compiled.document.spec.parameters)
  throw new FairleadError(
    'invalid',
    `Parameters: ${resolved.problems.map(({ reason }) => reason).join('; ')}.`,
    {
      path: parameter === null ? 'parameters' : `parameters.${parameter}`,
      ...(value === undefined ? { found: 'nothing' } : { found: short(value) }),
      expected:
        schema === undefined
          ? names.length === 0
            ? 'no parameters'
            : `one of ${names.join(', ')}`
          : short(schema),
      ...(others.length === 0 ? {} : { remedy: `${others.length} more are not as they should be either.` }),
    },
  )
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
