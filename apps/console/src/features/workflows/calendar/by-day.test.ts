import type { CalendarEntry } from '@fairlead/contracts/workflow'
import { expect, test } from 'vitest'
import { byDay, calendarRange, timeOf, turnedAt } from './by-day'

const entry = (workflow: string, local: string, offset = '+02:00'): CalendarEntry => ({
  workflow,
  project: 'shop',
  at: local,
  local: `${local} ${offset}`,
  offset,
  note: null,
})

test('days follow the clock of the schedule, and one workflow is one row of a day', () => {
  const days = byDay([
    entry('a', '2026-10-25 00:30'),
    entry('b', '2026-10-24 23:00'),
    entry('a', '2026-10-25 12:30', '+01:00'),
  ])
  expect(days.map(({ day, runs }) => [day, runs])).toEqual([
    ['2026-10-24', 1],
    ['2026-10-25', 2],
  ])
  expect(days[1]?.rows.map(({ entries }) => entries.map(timeOf))).toEqual([['00:30', '12:30']])
})

test('a changed offset shows that a clock was put back', () => {
  const entries = [entry('a', '2026-10-25 02:30'), entry('a', '2026-10-25 02:30', '+01:00')]
  expect(turnedAt(entries, 0)).toBe(false)
  expect(turnedAt(entries, 1)).toBe(true)
})

test('the range begins with the day, so that asking twice asks the same', () => {
  const morning = calendarRange(Date.UTC(2026, 10, 23, 8), 14)
  expect(morning).toEqual(calendarRange(Date.UTC(2026, 10, 23, 20), 14))
  expect(morning).toEqual({ from: '2026-11-23T00:00:00.000Z', to: '2026-12-07T00:00:00.000Z' })
})
