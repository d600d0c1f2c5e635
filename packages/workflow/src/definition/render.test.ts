import { describe, expect, test } from 'vitest'
import type { CompiledTask } from './compiled'
import {
  evaluateForEach,
  evaluateWhen,
  matchesEvent,
  renderApproval,
  renderLineage,
  renderRun,
  renderWait,
} from './render'
import { compiledFrom, scopeOf, workflowText } from './testing/workflow-text'

const withTask = (
  line: string,
  spec: readonly string[] = [
    'parameters: { day: { type: string, default: x }, n: { type: integer, default: 1 } }',
  ],
) => {
  const workflow = compiledFrom(
    workflowText(['{ id: first, run: {} }', `{ id: it, needs: [first], ${line} }`], spec),
  )
  const task = workflow.tasks.get('it')
  if (task === undefined) throw new Error('no task')
  return { workflow, task }
}
const taskOf = (line: string): CompiledTask => withTask(line).task
const scope = scopeOf({
  parameters: { day: '2026-03-29', n: 2 },
  tasks: {
    first: {
      state: 'succeeded',
      outputs: { shops: ['a', 'b'], image: 'own:1', cluster: 'reporting', at: '2026-03-29T03:30:00+02:00' },
    },
  },
})

describe('A container to be run', () => {
  test('has its defaults, and every expression rendered', () => {
    const { workflow, task } = withTask(
      'forEach: "${{ tasks.first.outputs.shops }}", run: { command: [settle, "${{ item }}"], args: ["${{ parameters.n + index }}"], env: { DAY: "${{ parameters.day }}", N: "${{ parameters.n }}" }, resources: { requests: { cpu: 250m, memory: 256Mi } } }',
    )
    expect(renderRun(workflow, task, { ...scope, item: 'kyiv', index: 1 }, null)).toEqual({
      ok: true,
      value: {
        cluster: 'production',
        spec: {
          namespace: 'batch',
          image: 'registry.example/settle:2',
          command: ['settle', 'kyiv'],
          args: ['3'],
          env: { DAY: '2026-03-29', N: '2' },
          resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: {} },
          serviceAccount: null,
          podTemplate: null,
        },
      },
    })
  })
  test('has the memory that an OOM kill asked for, as request and limit', () => {
    const { workflow, task } = withTask(
      'run: { resources: { requests: { cpu: 1, memory: 1Gi } } }'.replace('cpu: 1', 'cpu: "1"'),
    )
    expect(renderRun(workflow, task, scope, '2Gi')).toMatchObject({
      value: { spec: { resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '2Gi' } } } },
    })
  })
  test('may take image and cluster from a task before', () => {
    const { workflow, task } = withTask(
      'cluster: "${{ tasks.first.outputs.cluster }}", namespace: other, run: { image: "${{ tasks.first.outputs.image }}", serviceAccount: robot }',
    )
    expect(renderRun(workflow, task, scope, null)).toMatchObject({
      value: { cluster: 'reporting', spec: { image: 'own:1', namespace: 'other', serviceAccount: 'robot' } },
    })
  })
  test('may bring a pod template, rendered inside', () => {
    const { workflow, task } = withTask(
      'run: { podTemplate: { metadata: { labels: { day: "d-${{ parameters.day }}" } }, spec: { activeDeadlineSeconds: "${{ parameters.n }}", containers: [{ image: mine }] } } }',
    )
    const result = renderRun(workflow, task, scope, null)
    expect(result.ok && JSON.parse(result.value.spec.podTemplate ?? '')).toEqual({
      metadata: { labels: { day: 'd-2026-03-29' } },
      spec: { activeDeadlineSeconds: 2, containers: [{ image: 'mine' }] },
    })
  })
  test('is not run when an expression fails, or gives no image', () => {
    const { workflow, task } = withTask('run: { image: "${{ tasks.first.outputs.nope }}" }')
    expect(renderRun(workflow, task, scope, null)).toMatchObject({ ok: false, cause: 'invalid' })
    const empty = withTask('run: { image: "${{ tasks.first.state.substring(0, 0) }}" }')
    expect(renderRun(empty.workflow, empty.task, scope, null)).toMatchObject({
      ok: false,
      reason: /image is empty/,
    })
  })
})

test('what a fan-out runs over is a list of any JSON, empty too', () => {
  expect(evaluateForEach(taskOf('forEach: "${{ tasks.first.outputs.shops }}", run: {}'), scope)).toEqual({
    ok: true,
    value: ['a', 'b'],
  })
  expect(evaluateForEach(taskOf('forEach: "${{ [] }}", run: {}'), scope)).toEqual({ ok: true, value: [] })
  expect(
    evaluateForEach(taskOf('forEach: "${{ tasks.first.outputs.image }}", run: {}'), scope),
  ).toMatchObject({ ok: false })
})

test('a branch is taken, not taken, or refused when it is no bool', () => {
  expect(evaluateWhen(taskOf('run: {}'), scope)).toEqual({ ok: true, value: true })
  expect(evaluateWhen(taskOf('when: "parameters.n > 2", run: {}'), scope)).toEqual({ ok: true, value: false })
  expect(evaluateWhen(taskOf('when: "tasks.first.outputs.image", run: {}'), scope)).toMatchObject({
    ok: false,
  })
})

describe('A wait', () => {
  test.each<[string, object]>([
    ['{ for: 1h30m }', { kind: 'for', ms: 5_400_000 }],
    ['{ until: "2026-03-29T02:30:00Z" }', { kind: 'until', at: new Date('2026-03-29T02:30:00Z') }],
    [
      '{ until: "${{ timestamp(run.nominalTime) + duration(\'1h\') }}" }',
      { kind: 'until', at: new Date('2026-03-29T03:30:00Z') },
    ],
    ['{ until: "${{ tasks.first.outputs.at }}" }', { kind: 'until', at: new Date('2026-03-29T01:30:00Z') }],
    ['{ event: { name: paid } }', { kind: 'event', name: 'paid', match: null }],
    [
      '{ event: { name: paid, match: "event.day == parameters.day" } }',
      { kind: 'event', name: 'paid', match: 'event.day == parameters.day' },
    ],
    [
      '{ workflow: { name: other, parameters: { day: "${{ parameters.day }}", n: "${{ parameters.n }}" } } }',
      { kind: 'workflow', name: 'other', parameters: { day: '2026-03-29', n: 2 } },
    ],
    ['{ rollout: { application: checkout } }', { kind: 'rollout', application: 'checkout', stage: null }],
    [
      '{ rollout: { application: checkout, stage: eu } }',
      { kind: 'rollout', application: 'checkout', stage: 'eu' },
    ],
  ])('%s', (wait, value) => {
    expect(renderWait(taskOf(`wait: ${wait}`), scope)).toEqual({ ok: true, value })
  })
  test('until what is no time is refused', () => {
    expect(renderWait(taskOf('wait: { until: "${{ tasks.first.outputs.image }}" }'), scope)).toMatchObject({
      ok: false,
    })
  })
  test('an event matches by its content', () => {
    const match = 'event.day == parameters.day && event.amount > 100'
    expect(matchesEvent(null, {}, scope)).toEqual({ ok: true, value: true })
    expect(matchesEvent(match, { day: '2026-03-29', amount: 100.5 }, scope)).toEqual({
      ok: true,
      value: true,
    })
    expect(matchesEvent(match, { day: '2026-03-29', amount: 100 }, scope)).toEqual({ ok: true, value: false })
    expect(matchesEvent(match, { amount: 101 }, scope)).toMatchObject({ ok: false })
  })
})

test('an approval shows its rendered message', () => {
  expect(renderApproval(taskOf('approval: { message: "Pay for ${{ parameters.day }}?" }'), scope)).toEqual({
    ok: true,
    value: { message: 'Pay for 2026-03-29?' },
  })
})

test('lineage is rendered', () => {
  expect(
    renderLineage(
      taskOf('run: {}, lineage: { inputs: ["pg://x"], outputs: ["s3://${{ parameters.day }}"] }'),
      scope,
    ),
  ).toEqual({ ok: true, value: { inputs: ['pg://x'], outputs: ['s3://2026-03-29'] } })
  expect(renderLineage(taskOf('run: {}'), scope)).toEqual({ ok: true, value: { inputs: [], outputs: [] } })
})
