import { expect, test } from 'vitest'
import { deadlineStanding } from './deadline-standing'

const at = '2026-11-23T05:30:00Z'
const before = Date.parse('2026-11-23T05:00:00Z')
const deadline = { at, missed: false, forecastAt: null }

test('a deadline is ahead, threatened by the forecast, kept or missed', () => {
  expect(deadlineStanding(deadline, null, before)).toBe('ahead')
  expect(deadlineStanding({ ...deadline, forecastAt: '2026-11-23T05:31:00Z' }, null, before)).toBe(
    'threatened',
  )
  expect(deadlineStanding(deadline, '2026-11-23T05:29:00Z', before)).toBe('kept')
  expect(deadlineStanding(deadline, '2026-11-23T05:31:00Z', before)).toBe('missed')
  expect(deadlineStanding(deadline, null, Date.parse(at) + 1)).toBe('missed')
})

test('what was missed stays missed, also when a cleared run ends in time by the clock', () => {
  expect(deadlineStanding({ ...deadline, missed: true }, '2026-11-23T05:29:00Z', before)).toBe('missed')
})
