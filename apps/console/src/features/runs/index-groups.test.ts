import { taskStates, type TaskState } from '@fairlead/contracts/workflow-states'
import { expect, test } from 'vitest'
import { groupOf } from './index-groups'

test('every state is in one group, and what failed is never among what is done', () => {
  const states = Object.keys(taskStates) as TaskState[]
  expect(states.filter((state) => groupOf(state) === 'failed')).toEqual(['failed', 'upstream_failed'])
  expect(states.filter((state) => groupOf(state) === 'done')).toEqual(['succeeded', 'skipped', 'cancelled'])
  expect(states.filter((state) => groupOf(state) === 'running')).toEqual(['running', 'expanded'])
})
