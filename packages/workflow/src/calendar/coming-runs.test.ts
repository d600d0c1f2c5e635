import { describe, expect, it } from 'vitest'
import { comingRuns } from './coming-runs'
import { localText, zonedIso } from '@fairlead/timetable/local-text'
import { planBackfill, slotOf } from './plan-backfill'

const kyiv = (cron: string) => ({ cron, timezone: 'Europe/Kyiv' })
const shop = (cron: string, timezone = 'Europe/Kyiv') => ({
  workflow: 'settle',
  project: 'shop',
  schedule: { cron, timezone },
})

describe('local text', () => {
  it.each([
    ['2026-10-25T00:30:00Z', 'Europe/Kyiv', '2026-10-25 03:30 +03:00'],
    ['2026-10-25T01:30:00Z', 'Europe/Kyiv', '2026-10-25 03:30 +02:00'],
    ['2026-01-01T00:00:00Z', 'America/New_York', '2025-12-31 19:00 -05:00'],
    ['2026-10-03T15:30:00Z', 'Australia/Lord_Howe', '2026-10-04 02:30 +11:00'],
    ['2026-01-01T00:00:00Z', 'Asia/Kolkata', '2026-01-01 05:30 +05:30'],
    ['1960-01-01T00:00:00Z', 'Africa/Monrovia', '1959-12-31 23:15 -00:44:30'],
  ])('%s in %s is %s', (time, zone, text) => expect(localText(new Date(time), zone)).toBe(text))
})

describe('a time with its offset', () => {
  it('is the same instant, and begins with the local day', () => {
    const time = new Date('2026-06-30T23:30:00Z')
    expect(zonedIso(time, 'Europe/Kyiv')).toBe('2026-07-01T02:30:00+03:00')
    expect(new Date(zonedIso(time, 'Asia/Kolkata'))).toEqual(time)
  })
})

describe('the calendar of coming runs', () => {
  const notes = (cron: string, from: string, to: string, zone?: string) =>
    comingRuns([shop(cron, zone)], new Date(from), new Date(to)).map(({ local, note }) => [local, note])

  it('says what spring does to a time that it skips', () => {
    expect(notes('30 3 * * *', '2026-03-28T00:00Z', '2026-03-30T12:00Z')).toEqual([
      ['2026-03-28 03:30 +02:00', null],
      [
        '2026-03-29 04:00 +03:00',
        "For 03:30, which doesn't exist on this day: the clock goes forward from 03:00 to 04:00.",
      ],
      ['2026-03-30 03:30 +03:00', null],
    ])
    expect(notes('*/30 3-4 * * *', '2026-03-29T00:00Z', '2026-03-29T12:00Z')[0]?.[1]).toMatch(
      /^Also for 03:00/,
    )
    expect(notes('0 4 * * *', '2026-03-29T00:00Z', '2026-03-29T12:00Z')).toEqual([
      ['2026-03-29 04:00 +03:00', null],
    ])
    expect(notes('0 * * * *', '2026-03-29T00:00Z', '2026-03-29T01:00Z')).toEqual([
      ['2026-03-29 02:00 +02:00', null],
      ['2026-03-29 04:00 +03:00', 'Here the clock goes forward from 03:00 to 04:00.'],
    ])
    expect(
      notes('15 2 * * *', '2026-10-03T00:00Z', '2026-10-04T00:00Z', 'Australia/Lord_Howe')[0]?.[1],
    ).toContain('from 02:00 to 02:30')
  })

  it('says what autumn does to a time that it repeats', () => {
    expect(notes('30 3 * * *', '2026-10-25T00:00Z', '2026-10-25T12:00Z')).toEqual([
      [
        '2026-10-25 03:30 +03:00',
        '03:30 comes twice: the clock goes back from 04:00 to 03:00. It runs the first time.',
      ],
    ])
    expect(notes('30 * * * *', '2026-10-25T00:00Z', '2026-10-25T03:00Z').map(([, note]) => note)).toEqual([
      '03:30 comes twice: the clock goes back from 04:00 to 03:00. It runs both times; this is the first.',
      '03:30 for the second time: the clock goes back from 04:00 to 03:00.',
      null,
    ])
  })

  it('mixes workflows by time and leaves out those without a schedule', () => {
    const entries = comingRuns(
      [
        shop('0 3 * * *', 'UTC'),
        { ...shop('0 2 * * *', 'UTC'), workflow: 'load' },
        { ...shop('-'), schedule: null },
      ],
      new Date('2026-01-01T00:00Z'),
      new Date('2026-01-02T02:30Z'),
    )
    expect(entries.map(({ workflow, at }) => `${workflow} ${at.slice(8, 13)}`)).toEqual([
      'load 01T02',
      'settle 01T03',
      'load 02T02',
    ])
  })

  it('says where it stops', () => {
    const entries = comingRuns(
      [shop('* * * * *')],
      new Date('2026-01-01T00:00Z'),
      new Date('2026-02-01T00:00Z'),
    )
    expect(entries).toHaveLength(500)
    expect(entries.at(-1)?.note).toMatch(/left out/)
  })
})

describe('a backfill plan', () => {
  const range = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) })
  it('over the autumn change has one time a day, and marks those that have a run', () => {
    const existing = new Set([slotOf(new Date('2026-10-25T00:30:00Z'))])
    const plan = planBackfill(kyiv('30 3 * * *'), range('2026-10-22T00:00Z', '2026-10-28T12:00Z'), existing)
    expect(plan.blocked).toBeNull()
    expect(plan.times.map(({ local, exists }) => `${local.slice(8)}${exists ? ' exists' : ''}`)).toEqual([
      '22 03:30 +03:00',
      '23 03:30 +03:00',
      '24 03:30 +03:00',
      '25 03:30 +03:00 exists',
      '26 03:30 +02:00',
      '27 03:30 +02:00',
      '28 03:30 +02:00',
    ])
  })
  it('holds both ends of its range', () => {
    expect(
      planBackfill(kyiv('0 2 * * *'), range('2026-01-01T00:00Z', '2026-01-03T00:00Z'), new Set()).times,
    ).toHaveLength(3)
  })
  it.each([
    ['no schedule', null, '2026-01-01T00:00Z', '2026-01-02T00:00Z', /Without a schedule/],
    ['an empty range', kyiv('0 2 * * *'), '2026-01-02T00:00Z', '2026-01-01T00:00Z', /ends before/],
    ['no time', kyiv('0 2 * * *'), '2026-01-01T01:00Z', '2026-01-01T02:00Z', /No nominal time/],
    ['too many', kyiv('* * * * *'), '2026-01-01T00:00Z', '2026-01-02T00:00Z', /More than 1000/],
  ])('is blocked for %s', (_, schedule, from, to, reason) => {
    expect(planBackfill(schedule, range(from, to), new Set()).blocked).toMatch(reason)
  })
})
