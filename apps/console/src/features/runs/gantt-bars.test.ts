import type { RunView } from '@fairlead/contracts/workflow'
import { describe, expect, test } from 'vitest'
import { domainOf, segmentsOf, type AttemptTimes, type TaskTimes } from './gantt-bars'

const t0 = Date.parse('2026-11-23T02:30:00Z')
const time = (seconds: number) => new Date(t0 + seconds * 1_000).toISOString()
const task = (more: Partial<TaskTimes>): TaskTimes => ({
  state: 'succeeded',
  readyAt: time(10),
  startedAt: time(12),
  finishedAt: time(30),
  ...more,
})
const attempt = (number: number, more: Partial<AttemptTimes>): AttemptTimes => ({
  number,
  state: 'succeeded',
  createdAt: time(12),
  startedAt: time(14),
  finishedAt: time(30),
  ...more,
})
const told = (more: Partial<TaskTimes>, attempts: AttemptTimes[] | null = null, holds = false) =>
  segmentsOf({ task: task(more), attempts, holds, start: t0, now: t0 + 60_000 }).map(
    ({ kind, from, to, open }) => `${kind} ${(from - t0) / 1_000}–${(to - t0) / 1_000}${open ? '…' : ''}`,
  )

describe('the bar of a task', () => {
  test('waits, is ready, runs', () => {
    expect(told({})).toEqual(['wait 0–10', 'ready 10–12', 'run 12–30'])
  })

  test('goes on until now while it runs, and while it waits', () => {
    expect(told({ state: 'running', finishedAt: null })).toEqual(['wait 0–10', 'ready 10–12', 'run 12–60…'])
    expect(told({ state: 'waiting', readyAt: null, startedAt: null, finishedAt: null })).toEqual([
      'wait 0–60…',
    ])
  })

  test('ends where a task that never ran was skipped', () => {
    expect(told({ state: 'skipped', readyAt: null, startedAt: null })).toEqual(['wait 0–30'])
  })

  test('shows how it ended, however short it ran', () => {
    expect(told({ startedAt: time(30) })).toEqual(['wait 0–10', 'ready 10–30', 'run 30–30'])
  })

  test('a task that ended before its start was seen has run all the same', () => {
    expect(told({ startedAt: null })).toEqual(['wait 0–10', 'run 10–30'])
    expect(told({ state: 'cancelled', startedAt: null })).toEqual(['wait 0–10', 'ready 10–30'])
  })

  test('a retry that made it ready anew hides nothing of what came before', () => {
    const attempts = [attempt(1, { state: 'failed', finishedAt: time(20) })]
    const times = { state: 'running', readyAt: time(35), startedAt: time(14), finishedAt: null } as const
    expect(told(times, attempts).slice(0, 3)).toEqual(['wait 0–12', 'start 12–14', 'run 14–20'])
  })

  test('is held by an approval from the moment it asks', () => {
    expect(told({ state: 'awaiting_approval', startedAt: null, finishedAt: null }, null, true)).toEqual([
      'wait 0–10',
      'held 10–60…',
    ])
  })

  test('shows each attempt, what it took to start, and the pauses between', () => {
    const attempts = [
      attempt(2, { createdAt: time(35), startedAt: time(36), finishedAt: null, state: 'running' }),
      attempt(1, { finishedAt: time(20), state: 'failed' }),
    ]
    expect(told({ state: 'running', finishedAt: null }, attempts)).toEqual([
      'wait 0–10',
      'ready 10–12',
      'start 12–14',
      'run 14–20',
      'backoff 20–35',
      'start 35–36',
      'run 36–60…',
    ])
  })

  test('an attempt whose container has not started is being started; between attempts it backs off', () => {
    const created = [attempt(1, { state: 'accepted', startedAt: null, finishedAt: null })]
    expect(told({ state: 'running', finishedAt: null }, created).at(-1)).toBe('start 12–60…')
    const failed = [attempt(1, { state: 'failed', finishedAt: time(20) })]
    expect(told({ state: 'retrying', finishedAt: null }, failed).at(-1)).toBe('backoff 20–60…')
  })

  test('has no gap and no overlap', () => {
    const attempts = [1, 2, 3].map((number) =>
      attempt(number, {
        createdAt: time(number * 12),
        startedAt: time(number * 12 + 1),
        finishedAt: time(number * 12 + 6),
        state: number === 3 ? 'succeeded' : 'lost',
      }),
    )
    const segments = segmentsOf({
      task: task({ finishedAt: time(42) }),
      attempts,
      holds: false,
      start: t0,
      now: t0,
    })
    for (const [index, { from }] of segments.slice(1).entries()) expect(from).toBe(segments[index]?.to)
  })
})

describe('the span of a chart', () => {
  const run = (more: Partial<RunView>) =>
    ({
      createdAt: time(0),
      startedAt: time(1),
      finishedAt: null,
      deadline: null,
      tasks: [],
      ...more,
    }) as RunView
  const now = t0 + 100_000

  test('ends with the run, and is open to now before', () => {
    expect(domainOf(run({ finishedAt: time(50) }), now).to).toBe(t0 + 50_000)
    expect(domainOf(run({}), now)).toEqual({ from: t0 + 1_000, to: now })
  })

  test('begins with the first task: a run cleared days later is not squeezed', () => {
    const tasks = [
      { readyAt: time(80), startedAt: time(81), finishedAt: null },
    ] as unknown as RunView['tasks']
    expect(domainOf(run({ tasks }), now).from).toBe(t0 + 80_000)
  })

  test('reaches to a near deadline or forecast, and not to a far one', () => {
    const deadline = { at: time(200), missed: false, forecastAt: time(9_000) }
    expect(domainOf(run({ deadline }), now).to).toBe(t0 + 200_000)
  })
})
