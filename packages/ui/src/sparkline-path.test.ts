import { describe, expect, it } from 'vitest'
import { sparklinePaths } from './sparkline-path'

const box = { width: 30, height: 10 }

describe('a sparkline', () => {
  it('leaves a gap a gap: nothing is drawn across missing values', () => {
    expect(sparklinePaths([10, 10, null, 5], box)).toEqual(['M0 0L10 0', 'M30 5h1'])
  })

  it('starts its axis at zero, so that noise does not look like a change', () => {
    expect(sparklinePaths([100, 99], { width: 10, height: 100 })).toEqual(['M0 0L10 1'])
  })

  it('draws nothing of nothing', () => {
    expect(sparklinePaths([null, null], box)).toEqual([])
    expect(sparklinePaths([], box)).toEqual([])
  })
})
