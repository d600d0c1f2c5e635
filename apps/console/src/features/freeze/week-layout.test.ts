import type { FreezeSpan } from '@fairlead/contracts/freeze'
import { describe, expect, it } from 'vitest'
import { isMonday, layoutWeek, shiftWeek, weekDays, weekOf } from './week-layout'

const hours = (days: readonly number[]): number[] =>
  days.slice(1).map((day, index) => (day - (days[index] ?? 0)) / 3_600_000)
const span = (window: string, from: string, until: string): FreezeSpan => ({
  window,
  mode: 'deny',
  reason: '',
  from: `${from}:00.000Z`,
  until: `${until}:00.000Z`,
  fromLocal: from,
  untilLocal: until,
  timezone: 'UTC',
  note: null,
})

describe('weeks in the zone of whoever looks', () => {
  it('begin on Monday there', () => {
    expect(weekOf('UTC', Date.parse('2026-11-29T23:00Z'))).toBe('2026-11-23')
    expect(weekOf('Europe/Kyiv', Date.parse('2026-11-29T23:00Z'))).toBe('2026-11-30')
    expect(weekDays('America/New_York', '2026-11-23', 1)[0]?.[0]).toBe(Date.parse('2026-11-23T05:00Z'))
  })
  it('have a day of 23 hours in spring and one of 25 in autumn', () => {
    expect(hours(weekDays('Europe/Kyiv', '2026-03-23', 1)[0] ?? [])).toEqual([24, 24, 24, 24, 24, 24, 23])
    expect(hours(weekDays('Europe/Kyiv', '2026-10-19', 1)[0] ?? [])).toEqual([24, 24, 24, 24, 24, 24, 25])
  })
  it('follow each other', () => {
    expect([shiftWeek('2026-12-28', 1), shiftWeek('2027-01-04', -1)]).toEqual(['2027-01-04', '2026-12-28'])
    expect([isMonday('2026-11-23'), isMonday('2026-11-24'), isMonday('tomorrow'), isMonday(null)]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })
})

describe('the bars of a week', () => {
  const [days = []] = weekDays('UTC', '2026-11-23', 1)
  it('are cut at its ends, and are as wide as they last', () => {
    const { bars } = layoutWeek(days, [
      span('weekend', '2026-11-20T18:00', '2026-11-23T08:00'),
      span('weekend', '2026-11-27T18:00', '2026-11-30T08:00'),
      span('past', '2026-11-01T00:00', '2026-11-02T00:00'),
    ])
    expect(bars.map(({ left, width }) => [left * 168, width * 168].map(Math.round))).toEqual([
      [0, 8],
      [114, 54],
    ])
  })
  it('lie below each other where they overlap, and beside each other where they don’t', () => {
    const week = layoutWeek(days, [
      span('a', '2026-11-23T00:00', '2026-11-25T00:00'),
      span('b', '2026-11-24T00:00', '2026-11-26T00:00'),
      span('c', '2026-11-25T00:00', '2026-11-27T00:00'),
    ])
    expect(week.bars.map(({ lane }) => lane)).toEqual([0, 1, 0])
    expect(week.lanes).toBe(2)
  })
})
