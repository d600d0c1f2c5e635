import type { ObjectRow } from '@fairlead/contracts/inventory'
import { expect, test } from 'vitest'
import { isTroubled } from './is-troubled'

const row = (Status: string, Ready = '1/1', kind = 'Pod') =>
  ({ kind, cells: { Status, Ready }, verdict: null }) as unknown as ObjectRow

test.each([
  ['Pending', true],
  ['CrashLoopBackOff', true],
  ['SchedulingGated', true],
  ['Unknown', true],
  ['Running', false],
  ['Completed', false],
])('a pod that is %s: %s', (status, troubled) => {
  expect(isTroubled(row(status))).toBe(troubled)
})

test('a running pod is asked about while it is not ready, and other kinds never', () => {
  expect(isTroubled(row('Running', '0/1'))).toBe(true)
  expect(isTroubled(row('NotReady', '', 'Node'))).toBe(false)
})
