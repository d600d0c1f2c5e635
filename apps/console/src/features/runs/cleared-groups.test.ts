import { expect, test } from 'vitest'
import { clearedGroups } from './cleared-groups'

test('a fan-out is one line that counts its indexes, and tells when the task itself stays', () => {
  const groups = clearedGroups([
    { id: 'list', index: -1, state: 'succeeded' },
    { id: 'settle', index: 3, state: 'failed' },
    { id: 'settle', index: 7, state: 'failed' },
    { id: 'settle', index: 9, state: 'cancelled' },
    { id: 'settle', index: -1, state: 'failed' },
    { id: 'audit', index: 0, state: 'failed' },
  ])
  expect(groups).toEqual([
    { id: 'list', state: 'succeeded', indexes: {}, size: 0 },
    { id: 'settle', state: 'failed', indexes: { failed: 2, cancelled: 1 }, size: 3 },
    { id: 'audit', state: null, indexes: { failed: 1 }, size: 1 },
  ])
})

test('every row of the plan is counted once', () => {
  const tasks = Array.from({ length: 500 }, (_, index) => ({ id: 'settle', index, state: 'failed' as const }))
  expect(clearedGroups(tasks)).toEqual([{ id: 'settle', state: null, indexes: { failed: 500 }, size: 500 }])
})
