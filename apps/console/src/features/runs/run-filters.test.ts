import type { RunSummary } from '@fairlead/contracts/workflow'
import { describe, expect, test } from 'vitest'
import { askedOf, filterRuns, stateOptions } from './run-filters'

const run = (more: Partial<RunSummary>): RunSummary => ({
  id: 'r1',
  number: 12,
  project: 'shop',
  workflow: 'nightly-settlement',
  version: 3,
  state: 'running',
  reason: '',
  trigger: 'schedule',
  requester: 'Schedule',
  nominalTime: '2026-11-23T02:30:00Z',
  createdAt: '2026-11-23T02:30:00Z',
  startedAt: null,
  finishedAt: null,
  tally: {},
  ...more,
})
const asked = (query: string) => {
  const params = new URLSearchParams(query)
  return askedOf((name) => params.get(name))
}

describe('the filters of the run list', () => {
  test('the address says what the server is asked', () => {
    expect(asked('state=failed&workflow=shop/settle')).toEqual({
      limit: 500,
      states: ['failed'],
      workflow: 'settle',
      project: 'shop',
    })
    expect(asked('project=shop&before=2026-11-01T00:00:00Z')).toMatchObject({
      project: 'shop',
      before: '2026-11-01T00:00:00Z',
    })
  })

  test('in motion is every state that is not an end; a word that is no state asks for all', () => {
    expect(asked('state=active').states).toEqual(['queued', 'running', 'cancelling'])
    expect(asked('state=nonsense').states).toEqual([])
  })

  test('every state can be chosen', () => {
    expect(stateOptions.map(({ value }) => value)).toContain('succeeded_with_failures')
  })

  test('all words of the text must occur, in any order', () => {
    const runs = [run({}), run({ id: 'r2', number: 13, state: 'failed', requester: 'Ada' })]
    expect(filterRuns(runs, 'failed nightly').map(({ id }) => id)).toEqual(['r2'])
    expect(filterRuns(runs, '#12').map(({ id }) => id)).toEqual(['r1'])
    expect(filterRuns(runs, ' ')).toHaveLength(2)
    expect(filterRuns(runs, 'failed #12')).toEqual([])
  })
})
