import type { RolloutSummary } from '@fairlead/contracts/rollout'
import { expect, test } from 'vitest'
import { filterRollouts } from './rollout-filters'

const rollout = (number: number, state: RolloutSummary['state'], more: Partial<RolloutSummary> = {}) =>
  ({
    id: String(number),
    number,
    application: 'checkout',
    project: 'shop',
    kind: 'deploy',
    state,
    paused: false,
    release: { id: 'r', number, images: ['web:1'], createdAt: '', author: 'Ada', digest: 'd' },
    requester: 'Ada',
    reason: '',
    createdAt: `2026-01-0${number}T00:00:00Z`,
    finishedAt: null,
    stages: [],
    ...more,
  }) satisfies RolloutSummary

const all = { text: '', standing: null, kind: null }

test('what moves stands before what waits, and both before what ended, newest first', () => {
  const shown = filterRollouts(
    [rollout(1, 'succeeded'), rollout(2, 'waiting'), rollout(3, 'running'), rollout(4, 'rolled_back')],
    all,
  )
  expect(shown.map(({ number }) => number)).toEqual([3, 2, 4, 1])
})

test('a rollout is found by number, image, person and reason', () => {
  const rows = [rollout(1, 'succeeded', { reason: 'Fix the basket' }), rollout(2, 'succeeded')]
  for (const text of ['#1', 'BASKET']) {
    expect(filterRollouts(rows, { ...all, text }).map(({ number }) => number)).toEqual([1])
  }
  expect(filterRollouts(rows, { ...all, text: 'ada' })).toHaveLength(2)
  expect(filterRollouts(rows, { ...all, text: 'web:1' })).toHaveLength(2)
})

test('rolled back and rejected both count as failed', () => {
  const rows = [rollout(1, 'rolled_back'), rollout(2, 'rejected'), rollout(3, 'cancelled')]
  expect(filterRollouts(rows, { ...all, standing: 'failed' })).toHaveLength(2)
})
