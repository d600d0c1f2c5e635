import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compiledFrom, workflowText } from './testing/workflow-text'
import { findCycles, topologicalOrder, type Edges } from './topological-order'
import { upstreamOf } from './upstream'

const compiled = (tasks: readonly string[], spec: readonly string[] = []) =>
  compiledFrom(workflowText(tasks, spec))

describe('A compiled workflow', () => {
  const workflow = compiled(
    [
      '{ id: end, needs: [work, make], trigger: all_done_setup_success, run: {} }',
      '{ id: work, needs: [make], run: {}, timeout: { start: 1m }, retries: { onOom: { memory: 256Mi }, budgets: { lost: 1 } } }',
      '{ id: make, setup: true, run: {} }',
      `{ id: tell, needs: [work], when: "tasks.make.state == 'succeeded'", run: { args: ["\${{ tasks.work.outputs }}"] } }`,
    ],
    ['deadline: 3h', 'timeout: 4h'],
  )
  const task = (id: string) => workflow.tasks.get(id)

  test('has its tasks in an order in which each comes after what it needs', () => {
    expect(workflow.order).toEqual(['make', 'work', 'end', 'tell'])
    expect(task('work')).toMatchObject({ downstream: ['end', 'tell'], position: 1 })
  })
  test('knows setups, and doesn’t let a teardown hide the leaf before it', () => {
    expect(task('end')).toMatchObject({ setups: ['make'], leaf: false })
    expect(task('tell')?.leaf).toBe(true)
    const two = compiled([
      '{ id: a, run: {} }',
      '{ id: z, needs: [a], trigger: all_done_setup_success, run: {} }',
    ])
    expect(two.tasks.get('a')?.leaf).toBe(true)
  })
  test('knows what expressions read', () => {
    expect(task('tell')?.reads).toEqual(['make', 'work'])
  })
  test('has its durations in milliseconds', () => {
    expect(workflow).toMatchObject({ deadlineMs: 3 * 3_600_000, timeoutMs: 4 * 3_600_000 })
  })
  test('merges defaults part by part', () => {
    const merged = compiledFrom(
      workflowText([
        '{ id: a, run: {}, timeout: { start: 1m }, retries: { onOom: { memory: 256Mi }, budgets: { lost: 1 } } }',
      ]).replace(
        'defaults: { ',
        'defaults: { timeout: 10m, retries: { max: 2, backoff: { initial: 1s }, budgets: { lost: 9, quota: 8 } }, ',
      ),
    ).tasks.get('a')
    expect(merged).toMatchObject({
      timeouts: { startMs: 60_000, finishMs: 600_000 },
      retries: {
        budgetOf: { max: 2, disruption: 10, imagePull: 3, quota: 8, apiError: 10, lost: 1 },
        initialMs: 1_000,
        factor: 2,
        maxMs: 300_000,
        jitter: true,
        oomMemory: { kind: 'add', value: 256 * 2 ** 20 },
      },
    })
  })
})

const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, id) =>
        fc
          .subarray(Array.from({ length: size }, (_each, other) => `t${other}`))
          .map((needs): Edges => ({ id: `t${id}`, needs })),
      ),
    ),
  )

function ancestors(tasks: readonly Edges[], id: string, seen = new Set<string>()): Set<string> {
  for (const need of tasks.find((task) => task.id === id)?.needs ?? [])
    if (!seen.has(need)) {
      seen.add(need)
      ancestors(tasks, need, seen)
    }
  return seen
}

describe('Of any graph', () => {
  test('the order holds each task that no cycle blocks, after its needs', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const { order, stuck } = topologicalOrder(tasks)
        expect([...order, ...stuck].toSorted()).toEqual(tasks.map(({ id }) => id).toSorted())
        for (const { id, needs } of tasks)
          if (order.includes(id))
            for (const need of needs) expect(order.indexOf(need)).toBeLessThan(order.indexOf(id))
        for (const id of stuck)
          expect([id, ...ancestors(tasks, id)].some((one) => ancestors(tasks, one).has(one))).toBe(true)
      }),
    )
  })
  test('a cycle that is told is one, and one is told when there is one', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const cycles = findCycles(tasks)
        expect(cycles.length > 0).toBe(topologicalOrder(tasks).stuck.length > 0)
        for (const cycle of cycles) {
          expect(cycle.at(-1)).toBe(cycle[0])
          for (const [index, id] of cycle.slice(1).entries())
            expect(tasks.find((task) => task.id === id)?.needs).toContain(cycle[index])
        }
      }),
    )
  })
  test('upstream is what a search finds', () => {
    fc.assert(
      fc.property(graphs, (given) => {
        const tasks = given.map((task, at) => ({
          ...task,
          needs: task.needs.filter((need) => Number(need.slice(1)) < at),
        }))
        const ids = tasks.map(({ id }) => id)
        const isUpstream = upstreamOf(tasks, new Set(ids))
        for (const id of ids)
          for (const target of ids) expect(isUpstream(target, id)).toBe(ancestors(tasks, id).has(target))
      }),
    )
  })
})

test('ten thousand tasks that read far up are read without a quadratic step', () => {
  const tasks = Array.from({ length: 10_000 }, (_, index) =>
    index === 0
      ? '{id: t0, run: {}}'
      : `{id: t${index}, needs: [t${index - 1}], when: "tasks.t${Math.floor(index / 2)}.state != 'x'", run: {}}`,
  )
  const workflow = compiled(tasks)
  expect(workflow.order).toHaveLength(10_000)
  expect(workflow.tasks.get('t9999')?.reads).toEqual(['t4999'])
})
