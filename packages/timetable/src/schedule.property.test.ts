import { Cron } from 'croner'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSlot, newestTimes, nextTime, timesBetween } from './schedule'
import { crons, schedule, zones } from './schedule-samples.fixture'
import { zoneClock } from './zone-clock'

const anySchedule = fc.record({ cron: fc.constantFrom(...crons), timezone: fc.constantFrom(...zones) })
const anyTime = fc.date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })

describe('times of a schedule', () => {
  it('strictly increase, lie after what was asked for, and are slots', () => {
    fc.assert(
      fc.property(anySchedule, anyTime, (one, after) => {
        let previous = after
        for (let i = 0; i < 5; i++) {
          const next = nextTime(one, previous)
          if (next === null) throw new Error('none')
          expect(next.getTime()).toBeGreaterThan(previous.getTime())
          expect(isSlot(one, next)).toBe(true)
          expect(isSlot(one, new Date(next.getTime() + 1))).toBe(false)
          previous = next
        }
      }),
    )
  })

  it('miss none: from any moment before the next time, that is still the next', () => {
    fc.assert(
      fc.property(anySchedule, anyTime, fc.double({ min: 0, max: 1, noNaN: true }), (one, after, part) => {
        const next = nextTime(one, after)
        if (next === null) throw new Error('none')
        const between = new Date(after.getTime() + Math.floor((next.getTime() - 1 - after.getTime()) * part))
        expect(nextTime(one, between)).toEqual(next)
      }),
    )
  })

  it('in a range are those of asking again and again, and the newest are its end', () => {
    fc.assert(
      fc.property(
        anySchedule,
        anyTime,
        fc.integer({ min: 0, max: 40 * 86_400_000 }),
        fc.integer({ min: 1, max: 30 }),
        (one, from, length, count) => {
          const to = new Date(from.getTime() + length)
          const expected: Date[] = []
          let time = nextTime(one, from)
          while (time !== null && time <= to && expected.length < 400) {
            expected.push(time)
            time = nextTime(one, time)
          }
          const after = new Date(from.getTime() + 1)
          expect(timesBetween(one, after, to, 400)).toEqual(expected)
          if (expected.length === 400) return
          expect(newestTimes(one, { after: from, to }, count)).toEqual({
            times: expected.slice(-count),
            older: expected.length > count,
          })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('of a daily schedule: each local day of a year has exactly one, wherever and whenever it stands', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.nat(23),
        fc.nat(59),
        fc.integer({ min: 2015, max: 2034 }),
        (zone, hour, minute, year) => {
          const clock = zoneClock(zone)
          const wall = (day: number): number => Date.UTC(year, 0, 1 + day, hour, minute)
          const days = Math.round((Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000)
          const from = new Date(clock.firstInstantOf(wall(0)))
          const to = new Date(clock.firstInstantOf(wall(days - 1)))
          const times = timesBetween(schedule(`${minute} ${hour} * * *`, zone), from, to, 1_000)
          expect(times).toHaveLength(days)
          times.forEach((time, day) => {
            const shown = clock.wallAt(time.getTime())
            const shift = clock.transitions(time.getTime() - 1, time.getTime())[0]
            if (shown !== wall(day))
              expect(shift !== undefined && shift.at + shift.beforeMs <= wall(day)).toBe(true)
            // No earlier instant showed it.
            expect(clock.firstInstantOf(wall(day))).toBe(time.getTime())
          })
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('what a pattern means', () => {
  it('in UTC, where no clock is moved, is what croner says', () => {
    const field = (max: number, min = 0) =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min, max }).map(String),
        fc.integer({ min: 1, max }).map((step) => `*/${step}`),
        fc
          .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
          .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
        fc
          .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 })
          .map((list) => list.join(',')),
      )
    const anyCron = fc
      .tuple(field(59), field(23), field(28, 1), field(12, 1), field(6))
      .map((fields) => fields.join(' '))
    fc.assert(
      fc.property(fc.oneof(anyCron, fc.constantFrom(...crons)), anyTime, (cron, after) => {
        const job = new Cron(cron, { mode: '5-part', utcOffset: 0 })
        let ours: Date | null = after
        let theirs: Date | null = after
        for (let i = 0; i < 4 && ours !== null && theirs !== null; i++) {
          ours = nextTime(schedule(cron, 'UTC'), ours)
          theirs = job.nextRun(theirs)
          expect(ours).toEqual(theirs)
        }
      }),
      { numRuns: 300 },
    )
  })
})
