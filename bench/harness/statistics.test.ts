import { expect, it } from 'vitest'
import { median, percentile } from './statistics'

it('takes the middle, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
})

it('never interpolates a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1)
  expect(percentile(hundred, 0.95)).toBe(95)
  expect(percentile([10, 20], 0.95)).toBe(20)
  expect(percentile([7], 0.5)).toBe(7)
})
