import { durationMs } from '@fairlead/contracts/application'
import { nameSchema } from '@fairlead/contracts/ids'
import { scheduleProblem } from '@fairlead/timetable/schedule'
import { inTask, type Check } from './checked-workflow'
import { envFindings, resourceFindings, timeoutFindings } from './check-tasks'
import { schemaProblem, validateJson } from './json-validate'
import { shown, type Finding } from '@fairlead/documents/zod-problems'

type Schemas = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const schemaFindings = (schemas: Schemas, base: Finding['path']): Finding[] =>
  Object.entries(schemas).flatMap(([name, schema]) => {
    const problem = schemaProblem(schema)
    return problem === null
      ? []
      : [
          {
            path: [...base, name],
            message: `"${name}" is no valid JSON Schema: ${problem}`,
            found: shown(schema),
            expected: 'a JSON Schema such as { type: string }',
          },
        ]
  })

/** Defaults that are expressions are checked when they are evaluated. */
const literalDefaults = (schemas: Schemas, base: Finding['path']): Finding[] =>
  Object.entries(schemas).flatMap(([name, schema]) => {
    const value = schema['default']
    if (value === undefined || (typeof value === 'string' && value.includes('${{'))) return []
    if (schemaProblem(schema) !== null) return []
    return validateJson(schema, value, name).map((reason) => ({
      path: [...base, name, 'default'],
      message: `The default is off its own schema: ${reason}`,
      found: shown(value),
      expected: shown(Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'default'))),
    }))
  })

/** Forms, environment variables and command lines fold case and separators away. */
function collidingNames(schemas: Schemas, base: Finding['path']): Finding[] {
  const first = new Map<string, string>()
  return Object.keys(schemas).flatMap((name) => {
    const folded = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
    const other = first.get(folded)
    if (other === undefined) {
      first.set(folded, name)
      return []
    }
    return [
      {
        path: [...base, name],
        message: `"${name}" and "${other}" differ by case or separators alone`,
        found: name,
        expected: 'names that nobody mixes up',
      },
    ]
  })
}

const zero = (text: string | undefined, path: Finding['path']): Finding[] =>
  text === undefined || durationMs(text) > 0
    ? []
    : [{ path, message: 'It must be longer than zero', found: text }]

export const checkSpec: Check = ({ spec, tasks }) => {
  const outputs = tasks.flatMap(({ at, task }) => schemaFindings(task.outputs, inTask(at, 'outputs')))
  if (spec === null) return outputs
  const { defaults, schedule, parameters } = spec
  const problem = schedule === undefined ? null : scheduleProblem(schedule)
  const base = ['spec', 'parameters']
  const findings: Finding[] = [
    ...schemaFindings(parameters, base),
    ...literalDefaults(parameters, base),
    ...collidingNames(parameters, base),
    ...envFindings(defaults.env ?? {}, ['spec', 'defaults', 'env']),
    ...resourceFindings(defaults.resources, ['spec', 'defaults', 'resources']),
    ...timeoutFindings(defaults.timeout, ['spec', 'defaults', 'timeout']),
    ...zero(spec.timeout, ['spec', 'timeout']),
    ...zero(spec.deadline, ['spec', 'deadline']),
    ...outputs,
  ]
  if (schedule !== undefined && problem !== null)
    findings.push({
      path: ['spec', 'schedule', problem.path],
      message: problem.message,
      found: schedule[problem.path],
      expected: problem.expected,
    })
  const cluster = defaults.cluster
  if (cluster !== undefined && !cluster.includes('${{') && !nameSchema.safeParse(cluster).success)
    findings.push({
      path: ['spec', 'defaults', 'cluster'],
      message: 'That can’t be the name of a cluster',
      found: cluster,
      expected: 'a name such as "production", or an expression',
    })
  return findings
}
