import { describe, expect, it } from 'vitest'
import { durationText, exactText, relativeText } from './time-text'

const now = Date.parse('2026-11-23T12:00:00Z')

describe('a length of time', () => {
  it.each([
    [0, '0 ms'],
    [850, '850 ms'],
    [42_000, '42s'],
    [200_000, '3m 20s'],
    [7_500_000, '2h 5m'],
    [360_000_000, '4d 4h'],
    [2_000_000_000, '23d'],
    [-5, '0 ms'],
    [Number.NaN, '–'],
  ])('of %d ms reads %s', (ms, text) => {
    expect(durationText(ms)).toBe(text)
  })
})

describe('a moment', () => {
  it.each([
    [now, 'just now'],
    [now - 4000, 'just now'],
    [now - 59_000, '59 s ago'],
    [now - 190_000, '3 min ago'],
    [now - 7_200_000, '2 h ago'],
    [now - 86_400_000, '1 day ago'],
    [now - 300_000_000, '3 days ago'],
    [now + 7_200_000, 'in 2 h'],
  ])('at %d reads %s', (at, text) => {
    expect(relativeText(at, now)).toBe(text)
  })

  it('is exact and in UTC on hover', () => {
    expect(exactText(new Date(now))).toBe('2026-11-23 12:00:00 UTC')
    expect(exactText(new Date('no'))).toBe('unknown time')
  })
})
