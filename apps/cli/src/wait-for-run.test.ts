import type { RunTask, RunView } from '@fairlead/contracts/workflow'
import { describe, expect, it } from 'vitest'
import { runSummary, stillWaiting, succeeded } from './wait-for-run'

const task = (id: string, state: RunTask['state'], reason = ''): RunTask => ({
  id,
  index: -1,
  state,
  reason,
  attempts: 1,
  cluster: null,
  readyAt: null,
  startedAt: null,
  finishedAt: null,
  nextAt: null,
  indexes: null,
})
const view = (state: RunView['state'], tasks: readonly RunTask[]): RunView => ({
  id: '0',
  number: 7,
  project: 'shop',
  workflow: 'nightly',
  version: 1,
  state,
  reason: '',
  trigger: 'manual',
  requester: 'ada',
  nominalTime: '2026-11-23T00:00:00Z',
  createdAt: '2026-11-23T00:00:00Z',
  startedAt: null,
  finishedAt: null,
  tally: { running: 1, succeeded: 2 },
  parameters: {},
  graph: [],
  tasks,
  deadline: null,
  criticalPath: [],
  actions: { cancel: { passed: true, reason: null }, clear: { passed: true, reason: null } },
  timeline: [],
})

describe('a run on the command line', () => {
  it('names what failed first, then what is open, and nothing that is fine', () => {
    const tasks = [
      task('a', 'succeeded'),
      task('b', 'running'),
      task('c', 'failed', 'exit code 3'),
      task('d', 'waiting'),
    ]
    expect(runSummary(view('running', tasks))).toBe(
      '#7 shop/nightly: Running\n  1 running, 2 succeeded\n  c: Failed (exit code 3)\n  b: Running',
    )
  })

  it('marks what runs in an Airflow', () => {
    const load = { ...task('load', 'running'), cluster: 'airflow/nightly' }
    const settle = { ...task('settle', 'running'), cluster: 'production' }
    expect(runSummary(view('running', [load, settle]))).toMatch(
      /\n {2}load \[Airflow nightly\]: Running\n {2}settle: Running$/,
    )
  })

  it('says how many it left out', () => {
    const many = Array.from({ length: 25 }, (_, index) => task(`t${index}`, 'running'))
    expect(runSummary(view('running', many))).toMatch(/and 5 more$/)
  })

  it('that waits for people says where', () => {
    const waiting = view('running', [task('gate', 'awaiting_approval'), task('b', 'waiting')])
    expect(stillWaiting(waiting)).toBe('Still running when the time was up: gate waits for an approval.')
    expect(stillWaiting(view('queued', []))).toBe('Still queued when the time was up.')
  })

  it('succeeded also when something on the way failed that the end got over', () => {
    expect(
      ['succeeded', 'succeeded_with_failures', 'failed', 'cancelled'].map((state) =>
        succeeded(state as RunView['state']),
      ),
    ).toEqual([true, true, false, false])
  })
})
