import type { RevisionRow } from '@fairlead/contracts/inventory'
import { expect, test } from 'vitest'
import { replicaSetsOf } from './replica-sets'

const row = (revision: string, counts: Partial<RevisionRow>): RevisionRow => ({
  uid: revision,
  name: `web-${revision}`,
  revision,
  current: false,
  replicas: 0,
  ready: 0,
  desired: 0,
  images: [],
  createdAt: '2026-01-01T00:00:00Z',
  ...counts,
})

test('older ReplicaSets that still have pods are drawn as one bar, empty ones not at all', () => {
  const sets = replicaSetsOf([
    row('14', { current: true, replicas: 2, ready: 1, desired: 4 }),
    row('13', { replicas: 2, ready: 2, desired: 2 }),
    row('12', { replicas: 1, ready: 0 }),
    row('11', {}),
  ])
  expect(sets?.current).toEqual({ revision: '14', ready: 1, total: 2 })
  expect(sets?.old).toEqual({ revision: '13+12', ready: 2, total: 3 })
})

test('a finished rollout has no old bar', () => {
  expect(replicaSetsOf([row('2', { current: true, replicas: 3, ready: 3 }), row('1', {})])?.old).toBeNull()
})

test('nothing is drawn before the new ReplicaSet is seen', () => {
  expect(replicaSetsOf([row('1', { replicas: 3 })])).toBeNull()
})
