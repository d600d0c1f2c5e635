import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerAt, type ExceptedParty } from './answer'
import type { ScopedRule } from './scope'

// What is built on the algebra that rules.property.test.ts holds against a clock: parties, scopes, exceptions, one-off
// windows beside recurring ones, around the nights in which clocks change.
const hourMs = 3_600_000
const nights = [
  Date.parse('2026-03-29T00:00Z'),
  Date.parse('2026-10-25T00:00Z'),
  Date.parse('2026-11-01T00:00Z'),
]
const zones = ['Europe/Kyiv', 'America/New_York', 'Asia/Kolkata'] as const
const projects = ['shop', 'bank'] as const

const recurring = fc
  .record({
    hour: fc.nat(23),
    weekday: fc.constantFrom('*', '0', '1-5'),
    zone: fc.constantFrom(...zones),
    hours: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ hour, weekday, zone, hours }): ScopedRule['times'] => ({
    kind: 'recurring',
    timetable: { cron: `30 ${hour} * * ${weekday}`, timezone: zone },
    durationMs: hours * hourMs,
  }))
const once = fc
  .record({
    night: fc.constantFrom(...nights),
    from: fc.integer({ min: -40, max: 40 }),
    hours: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ night, from, hours }): ScopedRule['times'] => ({
    kind: 'once',
    from: night + from * hourMs,
    until: night + (from + hours) * hourMs,
  }))
const windows = fc
  .array(
    fc.record({
      mode: fc.constantFrom('deny' as const, 'allow' as const),
      running: fc.constantFrom('finish' as const, 'pause' as const),
      times: fc.oneof(recurring, once),
      scope: fc.constantFrom<ScopedRule['scope'][]>({}, { projects: ['shop'] }, { projects: ['bank'] }),
    }),
    { maxLength: 5 },
  )
  .map((all) =>
    all.map((one, index): ScopedRule => ({ ...one, name: `w${index}`, reason: '', actions: null })),
  )
const moment = fc
  .record({ night: fc.constantFrom(...nights), minutes: fc.integer({ min: -2_000, max: 2_000 }) })
  .map(({ night, minutes }) => night + minutes * 60_000)

const parties = (excepted: readonly string[], expires: number): ExceptedParty[] =>
  projects.map((project) => ({
    project,
    application: null,
    exception: excepted.includes(project)
      ? { id: project, requester: 'a', confirmer: 'b', reason: '', expiresAt: new Date(expires) }
      : null,
  }))
const ask = (rules: readonly ScopedRule[], now: number, of: readonly ExceptedParty[]) =>
  answerAt(rules, { action: 'deploy', cluster: 'eu-1', labels: {}, parties: of }, new Date(now))

describe('the answer at any moment', () => {
  it('holds until it says, and not longer', () => {
    fc.assert(
      fc.property(windows, moment, (rules, now) => {
        const answer = ask(rules, now, parties([], 0))
        const edge = answer.open ? answer.until : answer.opensAt
        if (edge === null) return
        const at = Date.parse(edge)
        expect(at).toBeGreaterThan(now)
        expect(ask(rules, at - 1, parties([], 0)).open).toBe(answer.open)
        expect(ask(rules, at, parties([], 0)).open).toBe(!answer.open)
      }),
      { numRuns: 50 },
    )
  })

  it('is no at once with every deny more, and never with one less', () => {
    fc.assert(
      fc.property(windows, moment, (rules, now) => {
        const always: ScopedRule = {
          name: 'always',
          mode: 'deny',
          reason: '',
          running: 'finish',
          times: { kind: 'once', from: now - 1, until: now + 1 },
          scope: {},
          actions: null,
        }
        expect(ask([...rules, always], now, parties([], 0)).open).toBe(false)
        if (!ask(rules, now, parties([], 0)).open) return
        const fewer = rules.filter(({ mode }) => mode !== 'deny')
        expect(ask(fewer, now, parties([], 0)).open).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('is never closed by an exception, and one for everybody opens it until the exception ends', () => {
    fc.assert(
      fc.property(windows, moment, fc.integer({ min: 1, max: 48 }), (rules, now, hours) => {
        const expires = now + hours * hourMs
        const bare = ask(rules, now, parties([], 0))
        for (const excepted of [['shop'], ['bank'], ['shop', 'bank']]) {
          const answer = ask(rules, now, parties(excepted, expires))
          if (bare.open) expect(answer).toEqual(bare)
          if (answer.open && !bare.open) {
            expect(answer.heldOpen?.closedBy).toEqual(bare.closedBy)
            expect(Date.parse(answer.until ?? '')).toBeLessThanOrEqual(expires)
          }
        }
        expect(ask(rules, now, parties(['shop', 'bank'], expires)).open).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('of two parties is yes only where it is for each alone, and an exception of one opens nothing for the other', () => {
    fc.assert(
      fc.property(windows, moment, (rules, now) => {
        const alone = parties([], 0).map((party) => ask(rules, now, [party]).open)
        expect(ask(rules, now, parties([], 0)).open).toBe(alone.every(Boolean))
        const [, bank] = alone
        if (bank === false) expect(ask(rules, now, parties(['shop'], now + hourMs)).open).toBe(false)
      }),
      { numRuns: 50 },
    )
  })
})
