import type { ExceptionView } from '@fairlead/contracts/freeze'
import type { ApprovalItem } from '@fairlead/contracts/rollout'
import type { TaskApprovalItem } from '@fairlead/contracts/workflow'
import { expect, test } from 'vitest'
import { inboxOf } from './inbox'
import type { HumanTaskItem } from './use-human-tasks'

const rollout = (id: string, requestedAt: string, passed: boolean) =>
  ({
    rollout: { id },
    stage: 'production',
    requestedAt,
    requirement: { mine: { passed, reason: null } },
  }) as unknown as ApprovalItem
const task = (id: string, requestedAt: string, passed: boolean, index = -1) =>
  ({
    run: { id },
    task: 'large-amount',
    index,
    requestedAt,
    approval: { mine: { passed, reason: null } },
  }) as unknown as TaskApprovalItem

test('rollouts and tasks stand in one list: mine first, the oldest first in each', () => {
  const items = inboxOf({
    rollouts: [rollout('a', '2026-11-23T10:00:00Z', true), rollout('b', '2026-11-23T08:00:00Z', false)],
    tasks: [task('c', '2026-11-23T09:00:00Z', true), task('d', '2026-11-23T07:00:00Z', false)],
  })
  expect(items.map(({ key }) => key)).toEqual([
    'c:large-amount',
    'a:production',
    'd:large-amount',
    'b:production',
  ])
  expect(items.map(({ kind }) => kind)).toEqual(['task', 'rollout', 'task', 'rollout'])
})

test('exceptions from freeze windows wait for a second person, and after their end for a third', () => {
  const exception = (id: string, state: ExceptionView['state'], decide: boolean, review: boolean) =>
    ({
      id,
      state,
      requestedAt: '2026-11-23T09:00:00Z',
      mine: { decide: { passed: decide }, review: { passed: review } },
    }) as unknown as ExceptionView
  const items = inboxOf({
    exceptions: [
      exception('asked', 'waiting', true, false),
      exception('own', 'waiting', false, true),
      exception('ended', 'to_review', false, true),
      exception('running', 'active', true, true),
      exception('done', 'reviewed', true, true),
    ],
  })
  expect(items.map(({ key, mine }) => [key, mine])).toEqual([
    ['asked', true],
    ['ended', true],
    ['own', false],
  ])
})

test('two indexes of one fan-out are two items', () => {
  const at = '2026-11-23T09:00:00Z'
  const keys = inboxOf({ tasks: [task('c', at, true, 0), task('c', at, true, 1)] }).map(({ key }) => key)
  expect(new Set(keys).size).toBe(2)
})

test('what Airflow asks stands among the rest by its age, whatever its clock is written in', () => {
  const human = (connection: string, askedAt: string, passed: boolean) =>
    ({
      connection,
      mine: { passed },
      task: { dag: 'etl', run: 'r', task: 'ask', mapIndex: -1, askedAt },
    }) as unknown as HumanTaskItem
  const items = inboxOf({
    tasks: [task('c', '2026-11-23T09:00:00Z', true)],
    humans: [
      human('late', '2026-11-23T10:30:00+01:00', true),
      human('early', '2026-11-23T09:30:00+01:00', true),
      human('others', '2026-11-23T01:00:00Z', false),
    ],
  })
  expect(items.map(({ key }) => key)).toEqual([
    'early:etl:r:ask:-1',
    'c:large-amount',
    'late:etl:r:ask:-1',
    'others:etl:r:ask:-1',
  ])
})
