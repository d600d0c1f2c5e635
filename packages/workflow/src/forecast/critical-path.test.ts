import type { RunTask } from '@fairlead/contracts/workflow'
import type { TaskState } from '@fairlead/contracts/workflow-states'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { criticalPath, expectedPath, forecastEnd } from './critical-path'

const base = Date.parse('2026-11-23T12:00:00Z')
const at = (seconds: number | null): string | null =>
  seconds === null ? null : new Date(base + seconds * 1_000).toISOString()
const task = (
  id: string,
  [ready, end]: readonly [number | null, number | null],
  state: TaskState = 'succeeded',
  more: Partial<RunTask> = {},
): RunTask => ({
  id,
  index: -1,
  state,
  reason: '',
  attempts: 1,
  cluster: null,
  readyAt: at(ready),
  startedAt: state === 'skipped' ? null : at(ready),
  finishedAt: at(end),
  nextAt: null,
  indexes: null,
  ...more,
})
const node = (id: string, ...needs: string[]) => ({ id, needs })
const diamond = [node('a'), node('b', 'a'), node('c', 'a'), node('d', 'b', 'c')]
const now = (seconds: number): Date => new Date(base + seconds * 1_000)

describe('the critical path', () => {
  it('of a run that ended goes back through whoever ended last', () => {
    const tasks = [task('a', [0, 5]), task('b', [5, 9]), task('c', [5, 20]), task('d', [20, 22])]
    expect(criticalPath(diamond, tasks, now(100))).toEqual(['a', 'c', 'd'])
  })
  it('passes through what never ran without showing it', () => {
    const graph = [...diamond, node('alert', 'd')]
    const tasks = [
      task('a', [0, 5]),
      task('b', [null, 5], 'skipped'),
      task('c', [null, 5], 'skipped'),
      task('d', [5, 9]),
      task('alert', [null, 9], 'skipped'),
    ]
    expect(criticalPath(graph, tasks, now(100))).toEqual(['a', 'd'])
  })
  it('of a run that goes on follows what its open tasks still need', () => {
    const tasks = [
      task('a', [0, 5]),
      task('b', [5, null], 'running'),
      task('c', [5, null], 'running'),
      task('d', [null, null], 'waiting'),
    ]
    const medianMsByTask = new Map([
      ['b', 60_000],
      ['c', 10_000],
      ['d', 5_000],
    ])
    const run = { graph: diamond, tasks, medianMsByTask, startedAt: now(0), now: now(10) }
    expect(expectedPath(run)).toEqual(['a', 'b', 'd'])
    expect(forecastEnd(run)).toEqual(now(70))
  })
  it('of a run without tasks is empty', () => expect(criticalPath([], [], now(0))).toEqual([]))
})

describe('a forecast', () => {
  const tasks = [task('a', [0, null], 'running'), task('b', [null, null], 'waiting')]
  const graph = [node('a'), node('b', 'a')]
  const run = {
    graph,
    tasks,
    medianMsByTask: new Map([
      ['a', 10_000],
      ['b', 5_000],
    ]),
    startedAt: now(0),
    now: now(2),
  }
  it('adds what is left of what runs and all of what waits', () => expect(forecastEnd(run)).toEqual(now(15)))
  it('of a task that takes longer than ever moves on with the clock', () =>
    expect(forecastEnd({ ...run, now: now(50) })).toEqual(now(55)))
  it('counts a retry from when it starts', () =>
    expect(
      forecastEnd({
        ...run,
        tasks: [task('a', [0, null], 'retrying', { nextAt: at(30) }), task('b', [null, null], 'waiting')],
      }),
    ).toEqual(now(45)))
  it('is none without history, before the start and after the end', () => {
    expect(forecastEnd({ ...run, medianMsByTask: new Map() })).toBeNull()
    expect(forecastEnd({ ...run, startedAt: null })).toBeNull()
    expect(forecastEnd({ ...run, tasks: [task('a', [0, 1]), task('b', [1, 2])] })).toBeNull()
  })
})

const anyRun = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.record({
    needs: fc.array(fc.array(fc.nat(11), { maxLength: 4 }), { minLength: size, maxLength: size }),
    durations: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: size, maxLength: size }),
  }),
)
describe('over any graph', () => {
  it('the path is a chain of direct upstreams that ends with the run and begins at a root, and cycles do no harm', () => {
    fc.assert(
      fc.property(anyRun, ({ needs, durations }) => {
        const graph = needs.map((ids, i) =>
          node(`t${i}`, ...new Set(ids.filter((id) => id < i).map((id) => `t${id}`))),
        )
        const end = new Map<string, number>()
        const tasks = graph.map(({ id, needs: ups }, i) => {
          const ready = Math.max(0, ...ups.map((up) => end.get(up) ?? 0))
          end.set(id, ready + (durations[i] ?? 0))
          return task(id, [ready, end.get(id) ?? 0])
        })
        const path = criticalPath(graph, tasks, now(1_000))
        expect(end.get(path.at(-1) ?? '')).toBe(Math.max(...end.values()))
        expect(graph.find(({ id }) => id === path[0])?.needs).toEqual([])
        path.slice(1).forEach((id, i) => expect(graph.find((one) => one.id === id)?.needs).toContain(path[i]))
        const total = path.reduce((sum, id) => sum + (durations[Number(id.slice(1))] ?? 0), 0)
        expect(total).toBe(Math.max(...end.values()))
        const cyclic = graph.map((one, i) => node(one.id, ...one.needs, `t${(i + 1) % graph.length}`))
        expect(criticalPath(cyclic, tasks, now(1_000)).length).toBeLessThanOrEqual(graph.length)
      }),
    )
  })
  it('the forecast never lies before now, nor before what one open task needs', () => {
    fc.assert(
      fc.property(anyRun, fc.integer({ min: 0, max: 100 }), ({ needs, durations }, seconds) => {
        const graph = needs.map((ids, i) =>
          node(`t${i}`, ...new Set(ids.filter((id) => id < i).map((id) => `t${id}`))),
        )
        const tasks = graph.map(({ id }) => task(id, [null, null], 'waiting'))
        const medianMsByTask = new Map(graph.map(({ id }, i) => [id, (durations[i] ?? 0) * 1_000]))
        const end = forecastEnd({ graph, tasks, medianMsByTask, startedAt: now(0), now: now(seconds) })
        expect(end?.getTime()).toBeGreaterThanOrEqual(now(seconds).getTime() + Math.max(...durations) * 1_000)
        const sum = durations.reduce((a, b) => a + b, 0)
        expect(end?.getTime()).toBeLessThanOrEqual(now(seconds).getTime() + sum * 1_000)
      }),
    )
  })
})
