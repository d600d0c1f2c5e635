import type { ObjectPlan } from '@fairlead/contracts/rollout'
import { expect, test } from 'vitest'
import { pruneReasons, unconfirmed } from './prune-guard'

const some = (count: number, change: ObjectPlan['change'], kind = 'ConfigMap') =>
  Array.from({ length: count }, (_, index) => ({ kind, name: `${kind}-${index}`, change }))

const cases: readonly [string, ReturnType<typeof some>, RegExp | null][] = [
  ['nothing', some(5, 'none'), null],
  ['three of three', some(3, 'prune'), null],
  ['four of eight', [...some(4, 'prune'), ...some(4, 'none')], null],
  ['four of seven', [...some(4, 'prune'), ...some(3, 'change')], /^It deletes 4 of the 7 objects/],
  ['four while nine are new', [...some(4, 'prune'), ...some(9, 'create')], /^It deletes 4 of the 4 objects/],
  [
    'a StatefulSet',
    [...some(1, 'prune', 'StatefulSet'), ...some(9, 'none')],
    /^It deletes StatefulSet StatefulSet-0/,
  ],
  ['a StatefulSet that stays', some(1, 'change', 'StatefulSet'), null],
]
test.each(cases)('deleting %s', (_name, objects, said) => {
  const reasons = pruneReasons(objects)
  if (said === null) expect(reasons).toEqual([])
  else expect(reasons.join(' ')).toMatch(said)
  const [blocker] = unconfirmed(reasons, 'web')
  expect(blocker?.includes('--confirm-prune web') ?? false).toBe(said !== null)
})
