import { runStates, taskStates, triggerRules, type TriggerRule } from '@fairlead/contracts/workflow-states'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlanWorld, type PlanWorld } from '../testing/plan-world'
import { documentOf } from '../testing/workflow-scene'

interface Shape {
  readonly upstreams: number
  readonly trigger: TriggerRule
  readonly items: number | null
  readonly when: boolean | null
  readonly retries: number
  /** How many of its attempts fail before one succeeds. */
  readonly failures: number
  readonly waits: boolean
}

const anyShape = (rules: readonly TriggerRule[]): fc.Arbitrary<Shape> =>
  fc.record({
    upstreams: fc.nat(255),
    trigger: fc.constantFrom(...rules),
    items: fc.option(fc.nat(4), { freq: 4 }),
    when: fc.option(fc.boolean(), { freq: 5 }),
    retries: fc.nat(2),
    failures: fc.nat(3),
    waits: fc.boolean(),
  })
const anyGraph = (rules: readonly TriggerRule[]): fc.Arbitrary<readonly Shape[]> =>
  fc.array(anyShape(rules), { minLength: 1, maxLength: 8 })
const anyOrder = fc.infiniteStream(fc.nat(1_000))

const taskOf = (shape: Shape, at: number): { id: string } => {
  const needs = Array.from({ length: at }, (_, index) => `t${index}`).filter(
    (_, index) => shape.upstreams & (1 << index),
  )
  const teardown = shape.trigger === 'all_done_setup_success' && needs.length === 0
  const common = {
    id: `t${at}`,
    needs,
    trigger: teardown ? 'all_done' : shape.trigger,
    ...(shape.when === null ? {} : { when: String(shape.when) }),
  }
  if (shape.waits && shape.items === null && shape.failures === 0)
    return { ...common, wait: { for: '5s' } } as { id: string }
  const list = JSON.stringify(Array.from({ length: shape.items ?? 0 }, (_, index) => index))
  return {
    ...common,
    ...(shape.items === null ? {} : { forEach: `\${{ ${list} }}` }),
    retries: { max: shape.retries, backoff: { initial: '1s', factor: 1, max: '1s', jitter: false } },
  } as { id: string }
}
const worldOf = (graph: readonly Shape[]): PlanWorld => createPlanWorld(documentOf(graph.map(taskOf)))

const mostPasses = 500
/** To its end, attempts ending in the order that `order` says; how often it was looked at. */
function finish(world: PlanWorld, graph: readonly Shape[], order: Iterator<number>): number {
  for (let passes = 1; passes < mostPasses; passes++) {
    const { next, deltas, fanOuts } = world.pass()
    if (runStates[world.run().state].terminal) return passes
    if (next === 'again' || deltas.size > 0 || fanOuts.length > 0) continue
    expectSettled(world)
    const live = world.live()
    const chosen = live[(order.next().value ?? 0) % Math.max(1, live.length)]
    if (chosen === undefined) {
      if (!world.wait()) throw new Error('It is open, and nothing will ever happen.')
    } else {
      const failures = graph[Number(chosen.taskId.slice(1))]?.failures ?? 0
      world.end(chosen.key, chosen.number > failures)
    }
  }
  throw new Error('It does not end.')
}

/** A second look at the same decides nothing more. */
function expectSettled(world: PlanWorld): void {
  const states = (): string => [...world.rows].map(([key, { state }]) => `${key} ${state}`).join()
  const before = states()
  const { candidates, attempts, fanOuts, deltas, starts, stops } = world.pass()
  expect({ candidates, attempts, fanOuts, starts, stops, deltas: deltas.size }).toEqual({
    candidates: [],
    attempts: [],
    fanOuts: [],
    starts: [],
    stops: [],
    deltas: 0,
  })
  expect(states()).toBe(before)
}

const outcome = (world: PlanWorld): readonly string[] => [
  world.run().state,
  ...[...world.rows].map(([key, { state }]) => `${key} ${state}`).sort(),
]

describe('plans of a run', () => {
  it('bring every run to its end, whatever its graph and however its attempts end', () => {
    fc.assert(
      fc.property(anyGraph(triggerRules), anyOrder, (graph, order) => {
        const world = worldOf(graph)
        finish(world, graph, order)
        expect(world.run().openTasks).toBe(0)
        for (const [key, { state }] of world.rows)
          expect(taskStates[state].terminal, `${key} ${state}`).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  it('come to the same end in every order, for every rule that no order can change', () => {
    // all_success alone says skipped or upstream failed, whichever of the two it saw first.
    const rules = triggerRules.filter((rule) => rule !== 'all_success')
    fc.assert(
      fc.property(anyGraph(rules), anyOrder, anyOrder, (graph, one, other) => {
        const [first, second] = [worldOf(graph), worldOf(graph)]
        finish(first, graph, one)
        finish(second, graph, other)
        expect(outcome(first)).toEqual(outcome(second))
      }),
      { numRuns: 300 },
    )
  })

  it('decide nothing of a run that is over', () => {
    fc.assert(
      fc.property(anyGraph(triggerRules), anyOrder, (graph, order) => {
        const world = worldOf(graph)
        finish(world, graph, order)
        const { tasks, candidates, starts, stops, children, notices, next } = world.pass()
        expect({ tasks, candidates, starts, stops, children, notices, next }).toEqual({
          tasks: [],
          candidates: [],
          starts: [],
          stops: [],
          children: [],
          notices: [],
          next: 'settled',
        })
      }),
      { numRuns: 100 },
    )
  })
})
