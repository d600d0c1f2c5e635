import { describe, expect, it } from 'vitest'
import { scheduleProblem, timesBetween } from './schedule'
import { crons, schedule, zones } from './schedule-samples.fixture'

const texts = (cron: string, timezone: string, from: string, to: string) =>
  timesBetween(schedule(cron, timezone), new Date(from), new Date(to), 1_000).map((time) =>
    time.toISOString().slice(5, 16),
  )

describe('a nominal time', () => {
  const cases: [what: string, cron: string, zone: string, from: string, to: string, expected: string[]][] = [
    [
      'that spring skips runs once, at the end of the gap',
      '30 3 * * *',
      'Europe/Kyiv',
      '2026-03-28T00:00Z',
      '2026-03-30T12:00Z',
      ['03-28T01:30', '03-29T01:00', '03-30T00:30'],
    ],
    [
      'of several that one gap skips runs once with them',
      '15,30,45 3 * * *',
      'Europe/Kyiv',
      '2026-03-29T00:00Z',
      '2026-03-29T12:00Z',
      ['03-29T01:00'],
    ],
    [
      'of every minute in a skipped hour runs once with them',
      '*/20 3 * * *',
      'Europe/Kyiv',
      '2026-03-29T00:00Z',
      '2026-03-29T12:00Z',
      ['03-29T01:00'],
    ],
    [
      'at the end of a gap runs once with what the gap skipped',
      '30 3-4 * * *',
      'Europe/Kyiv',
      '2026-03-29T00:00Z',
      '2026-03-29T12:00Z',
      ['03-29T01:00', '03-29T01:30'],
    ],
    [
      'that autumn repeats runs at its first occurrence',
      '30 3 * * *',
      'Europe/Kyiv',
      '2026-10-24T12:00Z',
      '2026-10-26T12:00Z',
      ['10-25T00:30', '10-26T01:30'],
    ],
    [
      'of a list that autumn repeats runs once each',
      '15,30 3 * * *',
      'Europe/Kyiv',
      '2026-10-25T00:00Z',
      '2026-10-25T12:00Z',
      ['10-25T00:15', '10-25T00:30'],
    ],
    [
      'in New York skipped in March',
      '30 2 * * *',
      'America/New_York',
      '2026-03-08T00:00Z',
      '2026-03-09T12:00Z',
      ['03-08T07:00', '03-09T06:30'],
    ],
    [
      'in New York repeated in November',
      '30 1 * * *',
      'America/New_York',
      '2026-11-01T00:00Z',
      '2026-11-02T12:00Z',
      ['11-01T05:30', '11-02T06:30'],
    ],
    [
      'in a gap of half an hour',
      '15 2 * * *',
      'Australia/Lord_Howe',
      '2026-10-03T00:00Z',
      '2026-10-05T00:00Z',
      ['10-03T15:30', '10-04T15:15'],
    ],
    [
      'at the start of a gap of half an hour',
      '0 2 * * *',
      'Australia/Lord_Howe',
      '2026-10-03T00:00Z',
      '2026-10-05T00:00Z',
      ['10-03T15:30', '10-04T15:00'],
    ],
    [
      'in a repeated half hour',
      '45 1 * * *',
      'Australia/Lord_Howe',
      '2026-04-04T00:00Z',
      '2026-04-05T23:00Z',
      ['04-04T14:45', '04-05T15:15'],
    ],
    [
      'at the end of a repeated half hour',
      '0 2 * * *',
      'Australia/Lord_Howe',
      '2026-04-04T00:00Z',
      '2026-04-05T23:00Z',
      ['04-04T15:30', '04-05T15:30'],
    ],
    [
      'in a zone that never moves its clock',
      '30 2 * * *',
      'Asia/Kolkata',
      '2026-03-28T00:00Z',
      '2026-03-29T23:00Z',
      ['03-28T21:00', '03-29T21:00'],
    ],
    [
      'of a day that a zone left out altogether',
      '0 12 * * *',
      'Pacific/Apia',
      '2011-12-29T00:00Z',
      '2012-01-01T00:00Z',
      ['12-29T22:00', '12-30T10:00', '12-30T22:00', '12-31T22:00'],
    ],
  ]
  it.each(cases)('%s', (_, cron, zone, from, to, expected) => {
    expect(texts(cron, zone, from, to)).toEqual(expected)
  })
})

describe('a pattern that matches every hour', () => {
  it('runs in both occurrences of a repeated hour and not in a skipped one', () => {
    expect(texts('30 * * * *', 'Europe/Kyiv', '2026-10-24T23:00Z', '2026-10-25T03:00Z')).toEqual([
      '10-24T23:30',
      '10-25T00:30',
      '10-25T01:30',
      '10-25T02:30',
    ])
    expect(texts('30 * * * *', 'Europe/Kyiv', '2026-03-28T23:00Z', '2026-03-29T03:00Z')).toEqual([
      '03-28T23:30',
      '03-29T00:30',
      '03-29T01:30',
      '03-29T02:30',
    ])
    expect(texts('0 0-23 * * *', 'Europe/Kyiv', '2026-03-28T23:30Z', '2026-03-29T02:30Z')).toEqual([
      '03-29T00:00',
      '03-29T01:00',
      '03-29T02:00',
    ])
  })

  it('runs every so many real minutes where the shift is a multiple of them', () => {
    for (const zone of zones) {
      const times = timesBetween(
        schedule('*/30 * * * *', zone),
        new Date('2026-01-01T00:00Z'),
        new Date('2027-01-01T00:00Z'),
        20_000,
      )
      expect(times).toHaveLength(365 * 48 + 1)
    }
  })
})

describe('a schedule that can’t be followed', () => {
  it.each([
    ['61 * * * *', 'UTC', 'cron'],
    ['* * * * * *', 'UTC', 'cron'],
    ['@midnight', 'UTC', 'cron'],
    ['0 0 30 2 *', 'UTC', 'cron'],
    ['0 0 * * MOO', 'UTC', 'cron'],
    ['0 0 * * *', 'Mars/Olympus', 'timezone'],
  ])('%s in %s is a problem of its %s', (cron, timezone, path) => {
    expect(scheduleProblem({ cron, timezone })?.path).toBe(path)
  })
  it('and one that can has none', () => {
    for (const cron of crons)
      for (const timezone of zones) expect(scheduleProblem({ cron, timezone })).toBeNull()
  })
})
