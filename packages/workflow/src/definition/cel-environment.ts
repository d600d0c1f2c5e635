import { Environment } from '@marcbachmann/cel-js'
import { Duration } from '@marcbachmann/cel-js/evaluator'
import { timeText } from './cel-values'

/*
 * @marcbachmann/cel-js, because it type-checks: @bufbuild/cel, the other well-kept one, has a checker but doesn't export
 * it, and a mistake in `when` has to be found when the document is written, not at night. It has no dependencies, and no
 * function in it does I/O. What it lacks is added here and in cel-bounds.ts: sums of ints and doubles (JSON doesn't tell
 * them apart), texts of times and durations, and an end to any evaluation.
 */

type Numeric = number | bigint

const arithmetic: readonly (readonly [string, (a: number, b: number) => number])[] = [
  ['+', (a, b) => a + b],
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['/', (a, b) => a / b],
]

const parsingLimits = { maxAstNodes: 5_000, maxDepth: 50, maxListElements: 1_000, maxMapEntries: 1_000 }

function basicEnvironment(): Environment {
  const environment = new Environment({ homogeneousAggregateLiterals: false, limits: parsingLimits })
  for (const [operator, apply] of arithmetic)
    for (const [left, right] of [
      ['int', 'double'],
      ['double', 'int'],
    ])
      environment.registerOperator(`${left} ${operator} ${right}: double`, (a: Numeric, b: Numeric) =>
        apply(Number(a), Number(b)),
      )
  return environment
    .registerFunction('string(google.protobuf.Timestamp): string', (time: Date) => timeText(time))
    .registerFunction(
      'string(google.protobuf.Duration): string',
      (duration: Duration) => `${duration.valueOf() / 1000}s`,
    )
}

/** What an expression may read where it stands, and of which types. */
export interface Readable {
  readonly tasks: boolean
  /** Types of parameters by name; null: none may be read. */
  readonly parameters: Readonly<Record<string, string>> | null
  readonly item: boolean
  readonly event: boolean
}

export function checkingEnvironment(readable: Readable): Environment {
  const environment = basicEnvironment().registerVariable({
    name: 'run',
    schema: { id: 'string', number: 'int', nominalTime: 'string', trigger: 'string' },
  })
  if (readable.parameters !== null)
    if (Object.keys(readable.parameters).length === 0) environment.registerVariable('parameters', 'map')
    else environment.registerVariable({ name: 'parameters', schema: { ...readable.parameters } })
  if (readable.tasks)
    environment
      .registerType('TaskResult', { fields: { state: 'string', outputs: 'dyn' } })
      .registerVariable('tasks', 'map<string, TaskResult>')
  if (readable.item) environment.registerVariable('item', 'dyn').registerVariable('index', 'int')
  if (readable.event) environment.registerVariable('event', 'dyn')
  return environment
}

/** Types were checked when the document was; here values alone count. */
export function evaluatingEnvironment(): Environment {
  const environment = basicEnvironment()
  for (const name of ['run', 'parameters', 'tasks', 'item', 'index', 'event'])
    environment.registerVariable(name, 'dyn')
  return environment
}
