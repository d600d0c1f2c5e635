import { describe, expect, test } from 'vitest'
import { parsePool, parseWorkflow } from './parse-workflow'
import { workflowText } from './testing/workflow-text'

const problemsOf = (text: string) => {
  const parsed = parseWorkflow(text)
  return parsed.ok ? [] : parsed.problems
}
/** Lines of `spec` start at 6, and the tasks after them; without any the first task stands on line 7. */
const only = (tasks: readonly string[], spec: readonly string[] = []) => {
  const problems = problemsOf(workflowText(tasks, spec))
  expect(problems).toHaveLength(1)
  return problems[0]
}
const a = '{ id: a, run: {} }'

describe('A document that is in order', () => {
  test('gives its tasks with their defaults', () => {
    const parsed = parseWorkflow(workflowText([a, '{ id: b, needs: [a], wait: { for: 5m } }']))
    expect(parsed).toMatchObject({
      ok: true,
      document: { spec: { tasks: [{ trigger: 'all_success' }, {}] } },
    })
  })
  test('may be JSON', () => {
    const parsed = parseWorkflow(workflowText([a]))
    expect(parsed.ok && parseWorkflow(JSON.stringify(parsed.document))).toEqual(parsed)
  })
  test('a pool is read the same way', () => {
    const head = 'apiVersion: fairlead.dev/v1\nkind: Pool\nmetadata: { name: db, project: shop }\n'
    expect(parsePool(`${head}spec: { slots: 4 }`)).toMatchObject({
      ok: true,
      document: { spec: { slots: 4 } },
    })
    expect(parsePool(`${head}spec: { slots: -1 }`)).toMatchObject({
      ok: false,
      problems: [{ path: 'spec.slots', line: 4, found: '-1', expected: 'at least 0' }],
    })
  })
})

describe('Each mistake is told once, at its line', () => {
  test.each<[string, string[], string[], object]>([
    [
      'a task with nothing to do',
      ['{ id: a }'],
      [],
      { line: 7, path: 'spec.tasks[0].id', message: /nothing to do/ },
    ],
    [
      'a task with two things to do',
      ['{ id: a, run: {}, wait: { for: 1m } }'],
      [],
      { line: 7, message: /more than one/ },
    ],
    [
      'two waits in one',
      ['{ id: a, wait: { for: 1m, until: x } }'],
      [],
      { line: 7, path: 'spec.tasks[0].wait' },
    ],
    [
      'an unknown need',
      [a, '{ id: b, needs: [aa], run: {} }'],
      [],
      { line: 8, column: 24, path: 'spec.tasks[1].needs[0]', found: 'aa', expected: '"a"?' },
    ],
    ['a need of itself', ['{ id: a, needs: [a], run: {} }'], [], { line: 7, message: /needs itself/ }],
    ['an id given twice', [a, a], [], { line: 8, path: 'spec.tasks[1].id', message: /Two tasks/ }],
    [
      'a cycle',
      ['{ id: a, needs: [c], run: {} }', '{ id: b, needs: [a], run: {} }', '{ id: c, needs: [b], run: {} }'],
      [],
      { message: /: (a → b → c → a|b → c → a → b|c → a → b → c)$/ },
    ],
    [
      'a name of the wrong form',
      ['{ id: List_Shops, run: {} }'],
      [],
      { line: 7, found: '"List_Shops"', expected: expect.stringContaining('lower-case') },
    ],
    [
      'a duration that is none',
      ['{ id: a, run: {}, timeout: 10 minutes }'],
      [],
      { line: 7, path: 'spec.tasks[0].timeout', expected: expect.stringContaining('duration') },
    ],
    [
      'a timeout of zero',
      ['{ id: a, run: {}, timeout: { start: 0s } }'],
      [],
      { path: 'spec.tasks[0].timeout.start' },
    ],
    [
      'a trigger rule that is none',
      ['{ id: a, run: {}, trigger: all_good }'],
      [],
      {
        path: 'spec.tasks[0].trigger',
        found: '"all_good"',
        expected: expect.stringContaining('none_failed'),
      },
    ],
    [
      'an unknown key',
      ['{ id: a, run: { imagee: x } }'],
      [],
      { path: 'spec.tasks[0].run.imagee', line: 7, column: 23 },
    ],
    [
      'replicas',
      ['{ id: a, run: { replicas: 3 } }'],
      [],
      { message: /never manages long-running infrastructure.*Application/ },
    ],
    [
      'a Deployment as pod template',
      ['{ id: a, run: { podTemplate: { kind: Deployment } } }'],
      [],
      { message: /long-running/ },
    ],
    [
      'a pod that restarts for ever',
      ['{ id: a, run: { podTemplate: { spec: { restartPolicy: Always } } } }'],
      [],
      { message: /long-running/ },
    ],
    [
      'a sidecar without a name',
      ['{ id: a, run: { podTemplate: { spec: { containers: [{}, {}] } } } }'],
      [],
      { path: 'spec.tasks[0].run.podTemplate.spec.containers[1]' },
    ],
    [
      'a reserved variable',
      ['{ id: a, run: { env: { FAIRLEAD_RUN: x } } }'],
      [],
      { path: 'spec.tasks[0].run.env.FAIRLEAD_RUN' },
    ],
    [
      'a quantity that is none',
      ['{ id: a, run: { resources: { limits: { memory: lots } } } }'],
      [],
      { found: 'lots' },
    ],
    [
      'a teardown that waits for nothing',
      ['{ id: a, trigger: all_done_setup_success, run: {} }'],
      [],
      { message: /nothing to wait for/ },
    ],
    [
      'a workflow that starts itself',
      ['{ id: a, wait: { workflow: { name: nightly } } }'],
      [],
      { message: /never ends/ },
    ],
    ['a time that is none', ['{ id: a, wait: { until: tomorrow } }'], [], { found: 'tomorrow' }],
    [
      'a cron pattern that is none',
      [a],
      ['schedule: { cron: "61 2 * * *" }'],
      { line: 6, path: 'spec.schedule.cron' },
    ],
    [
      'a time zone that is none',
      [a],
      ['schedule: { cron: "30 2 * * *", timezone: Europe/Atlantis }'],
      { path: 'spec.schedule.timezone' },
    ],
    [
      'a schema that is none',
      [a],
      ['parameters: { day: { type: strin } }'],
      { line: 6, path: 'spec.parameters.day' },
    ],
    [
      'an output schema that is none',
      ['{ id: a, run: {}, outputs: { x: { minimum: low } } }'],
      [],
      { path: 'spec.tasks[0].outputs.x' },
    ],
    [
      'a default off its schema',
      [a],
      ['parameters: { n: { type: integer, default: many } }'],
      { path: 'spec.parameters.n.default', found: '"many"' },
    ],
    [
      'parameters that are easily mixed up',
      [a],
      ['parameters: { some-day: {}, someDay: {} }'],
      { message: /differ by case or separators/ },
    ],
    [
      'a default that reads parameters',
      [a],
      ['parameters: { b: { default: "${{ parameters.c }}" } }'],
      { message: /parameters can’t be read here/ },
    ],
    [
      'a pattern that could hang',
      [a],
      ['parameters: { n: { pattern: "(?=a)" } }'],
      { path: 'spec.parameters.n' },
    ],
  ])('%s', (_name, tasks, spec, expected) => {
    const { message, ...rest } = { message: /./, ...expected }
    const problem = only(tasks, spec)
    expect(problem).toMatchObject(rest)
    expect(problem?.message).toMatch(message)
    expect(problem?.line).toBeGreaterThan(0)
  })

  test.each<[string, string, RegExp]>([
    ['one that doesn’t parse', '1 +', /Unexpected token/],
    ['one that doesn’t type-check', "run.number + 'x'", /no such overload: int \+ string/],
    ['an unknown function', 'shell("ls")', /shell/],
    ['an unknown variable', 'env.HOME', /Unknown variable: env/],
    ['an unknown field of the run', 'run.secret', /No such key: secret/],
    ['an unknown field of a task', 'tasks.a.result', /No such key: result/],
    ['an unknown parameter', 'parameters.dy', /No such key: dy/],
    ['an unknown task', 'tasks.nobody.state', /doesn’t exist/],
    ['a task that isn’t upstream', 'tasks.late.state', /isn’t upstream/],
    ['the task itself', 'tasks.b.state', /reads itself/],
    ['an output that isn’t declared', 'tasks.a.outputs.shop', /declares no output "shop", only shops/],
    ['outputs of a fan-out as if they were one', 'tasks.each.outputs.x', /are a list/],
    ['item outside a fan-out', 'item', /"forEach" alone/],
    ['a task named at run time', 'tasks[run.id].state', /has to be written out/],
    ['bytes', 'b"x"', /can’t be kept as JSON/],
  ])('an expression: %s', (_name, source, message) => {
    const problem = only(
      [
        '{ id: a, run: {}, outputs: { shops: { type: array } } }',
        '{ id: each, needs: [a], forEach: "${{ tasks.a.outputs.shops }}", run: {} }',
        `{ id: b, needs: [each], run: { args: ['before \${{ ${source.replaceAll("'", "''")} }}'] } }`,
        '{ id: late, needs: [b], run: {} }',
      ],
      ['parameters: { day: { type: string } }'],
    )
    expect(problem).toMatchObject({ line: 10, path: 'spec.tasks[2].run.args[0]', found: source })
    expect(problem?.message).toMatch(message)
    expect(problem?.column).toBeGreaterThanOrEqual(45)
  })

  test.each([
    ['when that gives no bool', "{ id: a, when: '1 + 1', run: {} }", /gives int, not true or false/],
    [
      'when that reads item',
      "{ id: a, forEach: '${{ [1] }}', when: 'item == 1', run: {} }",
      /not in its "when"/,
    ],
    [
      'forEach that gives no list',
      "{ id: a, forEach: '${{ run.id }}', run: {} }",
      /gives string, not a list/,
    ],
    [
      'forEach that is a text',
      "{ id: a, forEach: 'x ${{ [1] }}', run: {} }",
      /one expression that gives a list/,
    ],
    ['an expression that isn’t closed', "{ id: a, run: { image: 'x:${{ run.id' } }", /isn’t closed/],
  ])('%s', (_name, task, message) => {
    expect(only([task])?.message).toMatch(message)
  })
})

describe('Nothing is lost', () => {
  test('all problems of a document are told at once, in the order of its lines', () => {
    const problems = problemsOf(
      workflowText(
        [
          '{ id: a, needs: [x], run: { nope: 1 } }',
          '{ id: b, when: "1", run: {} }',
          '{ id: b, timeout: soon, run: {} }',
        ],
        ['schedule: { cron: "bad pattern" }', 'parameters: { p: { type: 5 } }'],
      ),
    )
    expect(problems.map(({ line }) => line)).toEqual([6, 7, 9, 9, 10, 11, 11])
  })
  test('no more than fifty are told', () => {
    const tasks = Array.from({ length: 500 }, (_, index) => `{ id: t${index}, needs: [nobody-${index}] }`)
    expect(problemsOf(workflowText(tasks))).toHaveLength(50)
  })
  test('a pasted Deployment gets its answer', () => {
    const text = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 2 }\n'
    expect(problemsOf(text)).toMatchObject([
      { line: 2, message: expect.stringContaining('Application') as string },
    ])
  })
  test('the wrong kind and version are named', () => {
    const text = workflowText([a]).replace('kind: Workflow', 'kind: Pipeline').replace('/v1', '/v2')
    expect(problemsOf(text)).toMatchObject([
      { line: 1, path: 'apiVersion', found: '"fairlead.dev/v2"', expected: 'fairlead.dev/v1' },
      { line: 2, path: 'kind', found: '"Pipeline"', expected: 'Workflow' },
    ])
  })
})
