import { describe, expect, test } from 'vitest'
import { parseWorkflow } from './parse-workflow'
import { renderDagRun } from './render-dag-run'
import { compiledFrom, scopeOf, workflowText } from './testing/workflow-text'

const rendered = (airflow: string, parameters: Readonly<Record<string, unknown>> = {}) => {
  const header = ['parameters: { day: { type: string, default: x }, n: { type: integer, default: 1 } }']
  const text = workflowText([`{ id: it, airflow: { connection: nightly, ${airflow} } }`], header)
  const task = compiledFrom(text).tasks.get('it')
  if (task === undefined) throw new Error('no task')
  expect(task.kind).toBe('airflow')
  return renderDagRun(task, scopeOf({ parameters }))
}

describe('A DAG run to be started', () => {
  test('has every expression in it rendered, and values keep their type', () => {
    const conf =
      '{ day: "day ${{ parameters.day }}", list: [{ n: "${{ parameters.n }}" }], plain: [1, true, null] }'
    expect(rendered(`dag: "etl_\${{ parameters.day }}", conf: ${conf}`, { day: 'monday', n: 2 })).toEqual({
      ok: true,
      value: {
        cluster: 'airflow/nightly',
        spec: { dag: 'etl_monday', conf: { day: 'day monday', list: [{ n: 2 }], plain: [1, true, null] } },
      },
    })
  })
  test('has no parameters unless it says so', () => {
    expect(rendered('dag: etl')).toMatchObject({ value: { spec: { dag: 'etl', conf: {} } } })
  })
  test('is nothing without a DAG, nor with what no Airflow is sent', () => {
    expect(rendered('dag: "${{ parameters.day }}"', { day: ' ' })).toMatchObject({
      ok: false,
      reason: 'the DAG is empty once rendered',
    })
    const large = { day: 'x'.repeat(9_000) }
    const often = Array.from({ length: 8 }, () => '"${{ parameters.day }}"').join(', ')
    expect(rendered(`dag: etl, conf: { many: [${often}] }`, large)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('larger than 65536 bytes'),
    })
  })
})

describe('A DAG run that is written down wrong', () => {
  test.each([
    ['without its DAG', '{ connection: nightly }', { path: 'spec.tasks[0].airflow.dag', line: 7 }],
    ['of no connection', '{ dag: etl }', { path: 'spec.tasks[0].airflow.connection', line: 7 }],
    [
      'beside a container',
      '{ connection: nightly, dag: etl }, run: {}',
      { path: 'spec.tasks[0].airflow', found: 'run and airflow', line: 7 },
    ],
    [
      'with a parameter that reads no such task',
      '{ connection: nightly, dag: etl, conf: { deep: ["${{ tasks.b.state }}"] } }',
      { path: 'spec.tasks[0].airflow.conf.deep[0]', line: 7 },
    ],
    [
      'with a key that nobody knows',
      '{ connection: nightly, dag: etl, config: {} }',
      { path: 'spec.tasks[0].airflow.config', line: 7 },
    ],
  ])('%s: it is said where', (_, airflow, problem) => {
    const parsed = parseWorkflow(workflowText([`{ id: a, airflow: ${airflow} }`]))
    expect(parsed.ok ? [] : parsed.problems).toContainEqual(expect.objectContaining(problem))
  })
})
