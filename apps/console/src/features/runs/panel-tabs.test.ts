import { describe, expect, test } from 'vitest'
import { panelTabsOf } from './panel-tabs'

const of = (
  state: 'waiting' | 'running' | 'failed' | 'skipped' | 'expanded' | 'retrying' | 'awaiting_approval',
  more: { attempts?: number; kind?: 'run' | 'approval' | 'wait' | 'airflow'; fansOut?: boolean } = {},
) =>
  panelTabsOf({
    task: { state, index: -1, attempts: more.attempts ?? 0, indexes: null },
    kind: more.kind ?? 'run',
    fansOut: more.fansOut ?? false,
  })

describe('the tabs of a task', () => {
  test('a task that does not run says first why', () => {
    expect(of('waiting')[0]).toBe('why')
    expect(of('retrying', { attempts: 2 })[0]).toBe('why')
    expect(of('skipped')[0]).toBe('why')
  })

  test('one that runs or has run shows its log first', () => {
    expect(of('running', { attempts: 1 })[0]).toBe('logs')
    expect(of('failed', { attempts: 3 })[0]).toBe('logs')
  })

  test('a DAG run shows where it is, since its logs are Airflow’s', () => {
    expect(of('running', { attempts: 1, kind: 'airflow' })[0]).toBe('attempts')
    expect(of('waiting', { kind: 'airflow' })[0]).toBe('why')
  })

  test('a fan-out shows its indexes, and has no log of its own', () => {
    expect(of('expanded', { fansOut: true })).toEqual(['indexes', 'why', 'outputs'])
  })

  test('an approval is about the approval', () => {
    expect(of('awaiting_approval', { kind: 'approval' })).toEqual(['approval', 'why'])
  })

  test('no task runs a container that it does not have', () => {
    expect(of('failed', { kind: 'wait' })).not.toContain('logs')
  })
})
