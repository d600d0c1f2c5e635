import type { ScheduleSpec } from '@fairlead/contracts/workflow-document'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideTick, type CalendarRow } from './decide-tick'
import { isSlot } from '@fairlead/timetable/schedule'
import { scheduleAfterApply, scheduleAfterResume } from './schedule-state'

const spec = (more: Partial<ScheduleSpec> = {}): ScheduleSpec => ({
  cron: '0 2 * * *',
  timezone: 'UTC',
  catchup: 'last',
  overlap: 'skip',
  ...more,
})
const at = (text: string): Date => new Date(`2026-${text}Z`)
const row = (more: Partial<CalendarRow> = {}): CalendarRow => ({
  paused: false,
  scheduledTo: at('06-01T02:00'),
  scheduleAt: at('06-02T02:00'),
  active: [],
  ...more,
})
const shown = (times: readonly Date[]): string[] => times.map((time) => time.toISOString().slice(5, 16))
const busy = [{ id: 'r7', number: 7 }]

describe('a schedule that comes due', () => {
  it('fires its time and names the next', () => {
    expect(decideTick(row(), spec(), at('06-02T02:00:00.200'))).toEqual({
      fire: [at('06-02T02:00')],
      skipped: [],
      cancel: [],
      scheduledTo: at('06-02T02:00'),
      scheduleAt: at('06-03T02:00'),
    })
  })

  it('fires nothing early, nothing twice and nothing while paused', () => {
    expect(decideTick(row(), spec(), at('06-02T01:59:59.999')).fire).toEqual([])
    expect(decideTick(row({ scheduledTo: at('06-02T02:00') }), spec(), at('06-02T02:00:01')).fire).toEqual([])
    expect(decideTick(row({ paused: true }), spec(), at('06-05T02:00'))).toMatchObject({
      fire: [],
      skipped: [],
      scheduledTo: at('06-01T02:00'),
      scheduleAt: null,
    })
  })

  it('fires nothing when its clock jumped back, and forgets nothing', () => {
    const back = decideTick(
      row({ scheduledTo: at('06-02T02:00') }),
      spec({ catchup: 'all' }),
      at('05-01T00:00'),
    )
    expect(back).toMatchObject({ fire: [], scheduledTo: at('06-02T02:00'), scheduleAt: at('06-03T02:00') })
  })
})

describe('missed times', () => {
  const now = at('06-05T09:00')
  it('with catchup none are all named and none runs', () => {
    const { fire, skipped, scheduleAt } = decideTick(row(), spec({ catchup: 'none' }), now)
    expect(fire).toEqual([])
    expect(shown(skipped.map(({ time }) => time))).toEqual([
      '06-02T02:00',
      '06-03T02:00',
      '06-04T02:00',
      '06-05T02:00',
    ])
    expect(scheduleAt).toEqual(at('06-06T02:00'))
  })
  it('with catchup none, one that is less than a minute late was not missed', () => {
    expect(decideTick(row(), spec({ catchup: 'none' }), at('06-02T02:00:59')).fire).toHaveLength(1)
  })
  it('with catchup last: only the newest runs', () => {
    const { fire, skipped } = decideTick(row(), spec({ catchup: 'last' }), now)
    expect(shown(fire)).toEqual(['06-05T02:00'])
    expect(skipped).toHaveLength(3)
  })
  it('with catchup all stand in line, oldest first, though overlap is skip', () => {
    const { fire, skipped } = decideTick(row(), spec({ catchup: 'all' }), now)
    expect(shown(fire)).toEqual(['06-02T02:00', '06-03T02:00', '06-04T02:00', '06-05T02:00'])
    expect(skipped).toEqual([])
  })
  it('beyond a hundred are named as skipped, the oldest of very many in one line', () => {
    const { fire, skipped } = decideTick(
      row(),
      spec({ cron: '0 * * * *', catchup: 'all' }),
      at('06-20T02:00'),
    )
    expect(fire).toHaveLength(100)
    expect(fire.at(-1)).toEqual(at('06-20T02:00'))
    expect(skipped).toHaveLength(101)
    expect(skipped[0]?.time).toEqual(at('06-01T03:00'))
    expect(skipped[0]?.reason).toContain(skipped[1]?.time.toISOString() ?? '-')
  })
})

describe('overlap with a run that is active', () => {
  const now = at('06-02T02:00:00.100')
  it.each([
    ['allow', 1, 0, []],
    ['queue', 1, 0, []],
    ['skip', 0, 1, []],
    ['cancel', 1, 0, ['r7']],
  ] as const)('%s', (overlap, fired, skipped, cancel) => {
    const decision = decideTick(row({ active: busy }), spec({ overlap }), now)
    expect(decision.fire).toHaveLength(fired)
    expect(decision.skipped).toHaveLength(skipped)
    expect(decision.cancel).toEqual(cancel)
    expect(decision.scheduledTo).toEqual(at('06-02T02:00'))
  })
  it('skip names the run that was in the way', () => {
    expect(decideTick(row({ active: busy }), spec(), now).skipped[0]?.reason).toContain('#7')
  })
  it('cancel runs only the newest of several', () => {
    const decision = decideTick(row(), spec({ overlap: 'cancel', catchup: 'all' }), at('06-04T02:00'))
    expect(shown(decision.fire)).toEqual(['06-04T02:00'])
    expect(decision.skipped).toHaveLength(2)
  })
})

describe('a schedule that changes', () => {
  it('goes on where it was when its times stay, and starts now when they change', () => {
    const now = at('06-05T09:00')
    const base = { previous: spec(), scheduledTo: at('06-04T02:00'), paused: false, now }
    expect(scheduleAfterApply({ ...base, schedule: spec({ overlap: 'queue' }) }).scheduleAt).toEqual(
      at('06-05T02:00'),
    )
    expect(scheduleAfterApply({ ...base, schedule: spec({ cron: '0 3 * * *' }) })).toEqual({
      scheduledTo: now,
      scheduleAt: at('06-06T03:00'),
    })
    expect(scheduleAfterApply({ ...base, previous: null, scheduledTo: null, schedule: spec() })).toEqual({
      scheduledTo: now,
      scheduleAt: at('06-06T02:00'),
    })
    expect(scheduleAfterApply({ ...base, paused: true, schedule: spec() }).scheduleAt).toBeNull()
    expect(scheduleAfterApply({ ...base, schedule: null }).scheduleAt).toBeNull()
  })
})

type Step =
  { readonly kind: 'tick'; readonly jumpMs: number } | { readonly kind: 'pause' | 'resume' | 'restart' }
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('tick' as const),
      jumpMs: fc.integer({ min: 0, max: 3 * 3_600_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('tick' as const),
      jumpMs: fc.integer({ min: -9 * 86_400_000, max: 9 * 86_400_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const, 'restart' as const) }),
  },
)
const anySpec = fc.record({
  cron: fc.constantFrom('30 3 * * *', '*/20 1-4 * * *', '0 * * * *', '15 2 * * *'),
  timezone: fc.constantFrom('Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe'),
  catchup: fc.constantFrom('none' as const, 'last' as const, 'all' as const),
  overlap: fc.constantFrom('allow' as const, 'skip' as const, 'queue' as const, 'cancel' as const),
})

describe('over clock jumps, pauses and resumes', () => {
  it('each slot is fired or named at most once, in order, and nothing that came due while paused fires', () => {
    fc.assert(
      fc.property(
        anySpec,
        fc.constantFrom(at('03-28T12:00'), at('10-24T12:00'), at('10-03T12:00')),
        fc.array(anyStep, { maxLength: 40 }),
        (schedule, start, steps) => {
          let now = start
          let state: CalendarRow = {
            paused: false,
            active: [],
            ...scheduleAfterApply({ schedule, previous: null, scheduledTo: null, paused: false, now }),
          }
          const seen = new Set<number>()
          let last = start.getTime()
          for (const step of steps) {
            if (step.kind === 'pause') state = { ...state, paused: true, scheduleAt: null }
            if (step.kind === 'resume' && state.paused) {
              state = { ...state, paused: false, ...scheduleAfterResume(schedule, state.scheduledTo, now) }
              last = Math.max(last, now.getTime())
            }
            if (step.kind !== 'tick') continue
            now = new Date(now.getTime() + step.jumpMs)
            const decision = decideTick(state, schedule, now)
            expect(decision.scheduledTo?.getTime()).toBeGreaterThanOrEqual(state.scheduledTo?.getTime() ?? 0)
            if (state.paused) expect(decision.fire).toEqual([])
            for (const time of [...decision.fire, ...decision.skipped.map((one) => one.time)].sort(
              (a, b) => a.getTime() - b.getTime(),
            )) {
              expect(isSlot(schedule, time)).toBe(true)
              expect(seen.has(time.getTime())).toBe(false)
              expect(time.getTime()).toBeGreaterThan(last)
              expect(time.getTime()).toBeLessThanOrEqual(now.getTime())
              seen.add(time.getTime())
              last = time.getTime()
            }
            state = { ...state, scheduledTo: decision.scheduledTo, scheduleAt: decision.scheduleAt }
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('of a clock that only moves on, catchup all loses no time that fits under the cap', () => {
    fc.assert(
      fc.property(
        anySpec,
        fc.array(fc.integer({ min: 1, max: 86_400_000 }), { minLength: 1, maxLength: 20 }),
        (any, jumps) => {
          const schedule = { ...any, catchup: 'all' as const, overlap: 'allow' as const }
          let now = at('10-23T12:00')
          let state: CalendarRow = { paused: false, active: [], scheduledTo: now, scheduleAt: null }
          const fired: Date[] = []
          for (const jump of jumps) {
            now = new Date(now.getTime() + jump)
            const decision = decideTick(state, schedule, now)
            expect(decision.skipped).toEqual([])
            fired.push(...decision.fire)
            state = { ...state, scheduledTo: decision.scheduledTo, scheduleAt: decision.scheduleAt }
          }
          const all = decideTick(
            { paused: false, active: [], scheduledTo: at('10-23T12:00'), scheduleAt: null },
            schedule,
            now,
          )
          expect(fired.slice(-100)).toEqual(all.fire)
        },
      ),
      { numRuns: 100 },
    )
  })
})
