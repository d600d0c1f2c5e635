import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { failureCauses, type FailureCause } from '@fairlead/contracts/task-runner'
import type { RetryPolicy } from './compiled'
import { memoryBytes, nextMemory } from './memory'
import { retryDecision } from './retry'

const policy: RetryPolicy = {
  budgetOf: { max: 2, disruption: 10, imagePull: 3, quota: 100, apiError: 10, lost: 3 },
  initialMs: 5_000,
  factor: 2,
  maxMs: 60_000,
  jitter: false,
  oomMemory: { kind: 'factor', value: 2 },
}
const failed = (cause: FailureCause, more: Partial<Parameters<typeof retryDecision>[0]> = {}) =>
  retryDecision({ policy, tried: {}, cause, memory: '256Mi', random: () => 0.5, ...more })

describe('A retry is paid for by the budget of its cause', () => {
  test.each<[FailureCause, string]>([
    ['exit_code', 'max'],
    ['oom', 'max'],
    ['timeout', 'max'],
    ['start_timeout', 'max'],
    ['outputs', 'max'],
    ['disruption', 'disruption'],
    ['image_pull', 'imagePull'],
    ['quota', 'quota'],
    ['api_error', 'apiError'],
    ['lost', 'lost'],
  ])('%s by %s', (cause, budget) => {
    expect(failed(cause)).toMatchObject({ retry: true, budget, delayMs: 5_000 })
    expect(failed(cause, { tried: { [budget]: 1_000 } })).toMatchObject({ retry: false })
  })
  test.each<FailureCause>(['invalid', 'cancelled'])('%s is never tried again', (cause) => {
    expect(failed(cause)).toMatchObject({ retry: false })
  })
  test('ten disruptions leave the retries of an exit code as they were', () => {
    expect(failed('exit_code', { tried: { disruption: 10 } })).toMatchObject({ retry: true, delayMs: 5_000 })
  })
  test('causes that share a budget use it up together', () => {
    expect(failed('oom', { tried: { max: 1 } })).toMatchObject({ retry: true })
    expect(failed('oom', { tried: { max: 2 } })).toEqual({
      retry: false,
      reason: 'All 2 retries for this cause are used up',
    })
  })
  test('every cause is decided, and no budget is ever exceeded', () => {
    const causes = fc.constantFrom(...(Object.keys(failureCauses) as FailureCause[]))
    fc.assert(
      fc.property(fc.array(causes, { maxLength: 200 }), (list) => {
        const tried: Partial<Record<keyof RetryPolicy['budgetOf'], number>> = {}
        for (const cause of list) {
          const decision = failed(cause, { tried })
          if (decision.retry) tried[decision.budget] = (tried[decision.budget] ?? 0) + 1
        }
        for (const [budget, spent] of Object.entries(tried))
          expect(spent).toBeLessThanOrEqual(policy.budgetOf[budget as keyof RetryPolicy['budgetOf']])
      }),
    )
  })
})

describe('The delay', () => {
  test('grows by the factor up to its limit', () => {
    const delays = [0, 1, 2, 3, 4, 90].map((lost) => {
      const decision = retryDecision({
        policy: { ...policy, budgetOf: { ...policy.budgetOf, quota: 1_000 } },
        tried: { quota: lost },
        cause: 'quota',
        memory: null,
        random: () => 0,
      })
      return decision.retry ? decision.delayMs : null
    })
    expect(delays).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000])
  })
  test('with jitter it is between a half and the whole', () => {
    const at = (random: number) =>
      failed('lost', { policy: { ...policy, jitter: true }, random: () => random })
    expect(at(0)).toMatchObject({ delayMs: 2_500 })
    expect(at(0.9999)).toMatchObject({ delayMs: 5_000 })
  })
})

describe('Memory after an OOM kill', () => {
  test.each<[string | null, 'factor' | 'add', number, string | null]>([
    ['256Mi', 'factor', 2, '512Mi'],
    ['256Mi', 'factor', 1.5, '384Mi'],
    ['1Gi', 'factor', 1.5, '1536Mi'],
    ['1Gi', 'add', 256 * 2 ** 20, '1280Mi'],
    ['100M', 'factor', 2, '200M'],
    ['100M', 'add', 2 ** 20, '101048576'],
    ['1G', 'factor', 2, '2G'],
    ['512Ki', 'factor', 2, '1024Ki'],
    ['1000000', 'factor', 2, '2000000'],
    ['1.5Gi', 'factor', 2, '3Gi'],
    ['128974848', 'factor', 2, '246Mi'],
    [null, 'factor', 2, null],
    ['', 'factor', 2, null],
    ['lots', 'factor', 2, null],
    ['0', 'factor', 2, null],
    ['1Gi', 'factor', 1, null],
    ['1Gi', 'factor', 0.5, null],
  ])('of %s by %s %d is %s', (current, kind, value, expected) => {
    expect(nextMemory(current, { kind, value })).toBe(expected)
  })
  test('is always more than before, to the byte', () => {
    const amount = fc.tuple(
      fc.integer({ min: 1, max: 4_000 }),
      fc.constantFrom('', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi'),
    )
    fc.assert(
      fc.property(amount, fc.double({ min: 1.1, max: 8, noNaN: true }), ([digits, unit], value) => {
        const current = `${digits}${unit}`
        const next = nextMemory(current, { kind: 'factor', value })
        const [before, after] = [memoryBytes(current) ?? 0, memoryBytes(next ?? '') ?? 0]
        expect(after).toBe(Math.ceil(before * value))
      }),
    )
  })
  test('goes along with the retry, for no other cause', () => {
    expect(failed('oom')).toMatchObject({
      memory: '512Mi',
      reason: 'Retry 1 of 2, with 512Mi of memory',
    })
    expect(failed('exit_code')).toMatchObject({ memory: null })
    expect(failed('oom', { policy: { ...policy, oomMemory: null } })).toMatchObject({
      retry: true,
      memory: null,
    })
  })
})
