import type { DagRunRow } from '@fairlead/contracts/airflow'
import { describe, expect, it } from 'vitest'
import { dagRunVerdict, type SeenDagRun } from './dag-run-verdict'

const now = new Date('2026-11-28T12:00:00Z')
const run: DagRunRow = {
  run: 'fairlead-task__load-1-abc',
  dag: 'etl',
  state: 'running',
  type: 'manual',
  queuedAt: '2026-11-28T11:00:00Z',
  startedAt: '2026-11-28T11:00:05Z',
  endedAt: null,
  conf: {},
  note: null,
  by: null,
}
const seen = (state: string, more: Partial<SeenDagRun> = {}, ended: string | null = null) =>
  dagRunVerdict(
    {
      key: 'load-1-abc',
      connection: 'nightly',
      run: { ...run, state, endedAt: ended },
      url: 'http://airflow/dags/etl',
      phase: null,
      dag: { paused: false, gone: false },
      failedTasks: [],
      ...more,
    },
    now,
  )
const paused = { paused: true, gone: false }
const gone = { paused: true, gone: true }

describe('what a DAG run says of its attempt', () => {
  it.each<[string, Partial<SeenDagRun>, string, RegExp]>([
    ['queued', {}, 'pending', /^Its DAG run is queued in Airflow nightly\.$/],
    ['running', {}, 'running', /^Its DAG run is running in Airflow nightly\.$/],
    ['success', {}, 'succeeded', /^$/],
    ['failed', {}, 'failed', /^The DAG run fairlead-task__load-1-abc of etl failed in Airflow nightly\.$/],
    ['failed', { failedTasks: ['load', 'check'] }, 'failed', /What failed in it: load, check\.$/],
    [
      'failed',
      { failedTasks: ['1', '2', '3', '4', '5', '6', '7'] },
      'failed',
      /: 1, 2, 3, 4, 5 and 2 more\.$/,
    ],
    ['queued', { dag: paused }, 'pending', /paused in Airflow nightly: its run does not start until/],
    ['running', { dag: paused }, 'running', /was paused in Airflow nightly while it ran/],
    ['queued', { dag: gone }, 'pending', /^The DAG etl is gone from Airflow nightly/],
    ['running', { dag: gone }, 'running', /kept there as running, and nothing moves it/],
    ['queued', { phase: 'running' }, 'running', /was cleared in Airflow nightly, and is queued there again/],
    ['running', { phase: 'running', dag: null }, 'running', /^Its DAG run is running/],
    ['a state of later years', {}, 'running', /a state of later years in Airflow nightly/],
  ])('%s with %j: %s', (state, more, phase, words) => {
    const verdict = seen(state, more)
    expect(verdict.phase).toBe(phase)
    expect(verdict.reason).toMatch(words)
  })

  it('gives id, state and address of a run that succeeded, at the time at which it ended', () => {
    const verdict = seen('success', {}, '2026-11-28T11:30:00Z')
    expect(JSON.parse(verdict.output ?? '')).toEqual({
      dagRunId: run.run,
      state: 'success',
      url: 'http://airflow/dags/etl',
    })
    expect(verdict.at).toEqual(new Date('2026-11-28T11:30:00Z'))
  })

  it('counts a failure as a DAG run’s', () => {
    expect(seen('failed').cause).toBe('dag_run')
  })
})
