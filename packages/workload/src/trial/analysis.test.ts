import { stageSchema } from '@fairlead/contracts/application'
import { isMetric, meets, type MetricAnalysis } from '@fairlead/contracts/strategy'
import { describe, expect, it } from 'vitest'
import { at } from '../testing/sample-time'
import { counted, judge, measured, nextMeasureAt } from './analysis'
import { firstStep, nothingMeasured, type Tally } from './steps'

function analysisOf(changes: object = {}): MetricAnalysis {
  const analysis = { prometheus: 'https://p.example', query: 'q', success: '< 0.05', ...changes }
  const stage = stageSchema.parse({
    name: 's',
    targets: { clusters: ['c'], namespace: 'n' },
    strategy: { canary: { steps: [{ weight: 10, analysis }] } },
  })
  const found = stage.strategy.canary?.steps[0]?.analysis
  if (found === undefined || !isMetric(found)) throw new Error('it is not about a metric')
  return found
}

const tally = (passed: number, failed: number, inconclusive = 0): Tally => ({
  ...nothingMeasured,
  passed,
  failed,
  inconclusive,
})

describe('a condition', () => {
  it.each([
    ['< 0.05', 0.04, true],
    ['< 0.05', 0.05, false],
    ['<=0.05', 0.05, true],
    ['>= 0.99', 0.99, true],
    ['> -1', 0, true],
    ['== 0', 0, true],
    ['!= 0', 0, false],
    ['< 1e-3', 0.0001, true],
    ['about 3', 3, null],
  ])('%s of %d is %s', (condition, value, met) => {
    expect(meets(condition, value)).toBe(met)
  })
})

describe('a measurement', () => {
  const one = (answer: Parameters<typeof measured>[0]) => measured(answer, analysisOf(), at(0)).outcome
  it('passes or fails by a number alone', () => {
    expect(one({ kind: 'value', value: 0.01 })).toBe('passed')
    expect(one({ kind: 'value', value: 0.5 })).toBe('failed')
    expect(one({ kind: 'value', value: Number.NaN })).toBe('inconclusive')
    expect(one({ kind: 'value', value: Number.POSITIVE_INFINITY })).toBe('inconclusive')
    expect(one({ kind: 'silent', reason: 'refused' })).toBe('inconclusive')
  })

  it('is due one interval after the weight stands, then one after the last', () => {
    const analysis = analysisOf({ interval: '10s' })
    expect(nextMeasureAt(firstStep, analysis)).toBeNull()
    const stands = { ...firstStep, since: at(0).toISOString() }
    expect(nextMeasureAt(stands, analysis)).toEqual(at(10))
    const once = counted(nothingMeasured, measured({ kind: 'value', value: 0 }, analysis, at(12)))
    expect(nextMeasureAt({ ...stands, tally: once }, analysis)).toEqual(at(22))
  })
})

describe('the verdict', () => {
  it.each<[Tally, object, string]>([
    [tally(0, 0), {}, 'open'],
    [tally(2, 0), {}, 'open'],
    [tally(3, 0), {}, 'passed'],
    [tally(0, 1), {}, 'failed'],
    [tally(1, 1), { failureLimit: 1 }, 'open'],
    [tally(2, 1), { failureLimit: 1 }, 'passed'],
    [tally(3, 2), { failureLimit: 1 }, 'failed'],
    [tally(0, 0, 2), {}, 'open'],
    [tally(0, 0, 3), {}, 'inconclusive'],
    [tally(0, 0, 3), { onInconclusive: 'abort' }, 'failed'],
    [tally(0, 0, 1_000), {}, 'inconclusive'],
    [tally(3, 0, 1_000), {}, 'passed'],
  ])('of %j with %j is %s', (counts, changes, kind) => {
    expect(judge(counts, analysisOf(changes)).kind).toBe(kind)
  })
})
