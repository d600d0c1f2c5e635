import { expect, test } from 'vitest'
import { blocks, weighChecks, type CheckedTarget } from './weigh-checks'

const failing = { check: 'replicas', kind: 'Deployment', name: 'web', passed: false, message: '1 replica' }
const waiver = { by: 'ada', reason: 'a demonstration', until: '2026-12-01T00:00:00.000Z' }
const target = (cluster: string, more: Partial<CheckedTarget> = {}): CheckedTarget => ({
  cluster,
  checks: [failing],
  waivers: [],
  ...more,
})

test('a failed check warns until the stage says that it blocks, or that it is not asked', () => {
  const [warned] = weighChecks([target('east')], {})
  const [stopped] = weighChecks([target('east')], { replicas: 'error' })
  expect([warned?.severity, stopped?.severity]).toEqual(['warn', 'error'])
  expect([warned, stopped].map((check) => check !== undefined && blocks(check))).toEqual([false, true])
  expect(weighChecks([target('east')], { replicas: 'off' })).toEqual([])
})

test('a waiver of this workload and this check lifts the block, and says whose it is; another does not', () => {
  const of = (name: string, check = 'replicas') =>
    weighChecks([target('east', { waivers: [{ ...waiver, kind: 'Deployment', name, check }] })], {
      replicas: 'error',
    })
  expect(of('web')[0]?.waiver).toEqual(waiver)
  for (const [given, lifted] of [
    [of('web'), true],
    [of('api'), false],
    [of('web', 'limits'), false],
  ] as const)
    expect(given.some(blocks)).toBe(!lifted)
})

test('what all targets answer is said once, and what some answer names them', () => {
  expect(weighChecks([target('east'), target('west')], {}).map(({ object }) => object)).toEqual([
    'Deployment web',
  ])
  const passing = { checks: [{ ...failing, passed: true, message: '2 replicas' }] }
  expect(weighChecks([target('east'), target('west', passing)], {}).map(({ object }) => object)).toEqual([
    'Deployment web on east',
    'Deployment web on west',
  ])
})
