import { expect, it } from 'vitest'
import { trendValues } from './trend-values'

it('draws a day that nobody looked as a gap', () => {
  const trend = [
    { day: '2026-02-27', score: 4 },
    { day: '2026-03-01', score: 0 },
  ]
  expect(trendValues(trend)).toEqual([4, null, 0])
  expect(trendValues([])).toEqual([])
})
