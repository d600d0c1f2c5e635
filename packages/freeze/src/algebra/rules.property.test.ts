import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cronOf, era, minuteMs, openMinutes, type Era, type SampledWindow } from '../testing/minute-oracle'
import { closedSpans, isOpen, nextClosing, nextOpening, type Rule, type Rules } from './rules'

const days = 11
/** Each holds a change of its clock in the middle; Kolkata has none. */
const eras = [
  era('Europe/Kyiv', '2026-03-24T00:00Z', days),
  era('Europe/Kyiv', '2026-10-20T00:00Z', days),
  era('America/New_York', '2026-03-03T00:00Z', days),
  era('America/New_York', '2026-10-27T00:00Z', days),
  era('Australia/Lord_Howe', '2026-09-29T00:00Z', days),
  era('Australia/Lord_Howe', '2026-03-31T00:00Z', days),
  era('Asia/Kolkata', '2026-03-24T00:00Z', days),
]
/** What is asked lies far enough from the ends that every span which matters began and ended within the era. */
const margin = 4 * 1_440

const anyWindow: fc.Arbitrary<SampledWindow> = fc.record({
  mode: fc.constantFrom('deny' as const, 'allow' as const),
  minute: fc.constantFrom(0, 7, 15, 30, 59),
  hour: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(0, 1, 2, 3, 4, 12, 23) }, fc.constant(null)),
  weekday: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.nat(6)),
  minutes: fc.oneof(fc.constantFrom(1, 30, 60, 90, 480, 1_440, 3_720), fc.integer({ min: 1, max: 3_000 })),
})
const anyWindows = fc.array(anyWindow, { minLength: 1, maxLength: 5 })

function rulesOf({ zone }: Era, windows: readonly SampledWindow[]): Rules {
  const rules = windows.map((window, index): Rule => ({
    name: `window-${index}`,
    mode: window.mode,
    reason: '',
    running: 'finish',
    times: {
      kind: 'recurring',
      timetable: { cron: cronOf(window), timezone: zone },
      durationMs: window.minutes * minuteMs,
    },
  }))
  const allows = rules.filter(({ mode }) => mode === 'allow')
  return {
    denies: rules.filter(({ mode }) => mode === 'deny'),
    allows: allows.length === 0 ? [] : [allows],
  }
}

const scene = fc.record({
  era: fc.constantFrom(...eras),
  windows: anyWindows,
  minute: fc.integer({ min: margin, max: days * 1_440 - margin }),
  within: fc.nat(minuteMs - 1),
})

describe('over changes of the clock and overlaps, against every minute sampled', () => {
  it('it is open exactly when no deny lasts and, where any allows, one of them does', () => {
    fc.assert(
      fc.property(scene, ({ era: one, windows, minute, within }) => {
        const open = openMinutes(one, windows)
        expect(isOpen(rulesOf(one, windows), one.start + minute * minuteMs + within)).toBe(open[minute])
      }),
      { numRuns: 150 },
    )
  })

  it('the next opening is the first open minute, and the next closing the first that is closed', () => {
    fc.assert(
      fc.property(scene, ({ era: one, windows, minute }) => {
        const open = openMinutes(one, windows)
        const at = one.start + minute * minuteMs
        const next = open.indexOf(open[minute] !== true, minute)
        const rules = rulesOf(one, windows)
        const edge = open[minute] === true ? nextClosing(rules, at) : nextOpening(rules, at)
        // What the era doesn't show may come later: then it is enough that it comes after its end.
        if (next < 0) expect(edge?.at ?? Infinity).toBeGreaterThanOrEqual(one.start + open.length * minuteMs)
        else expect(edge?.at).toBe(one.start + next * minuteMs)
      }),
      { numRuns: 150 },
    )
  })

  it('what is open already opens now, and the moment before it closes it is still open', () => {
    fc.assert(
      fc.property(scene, ({ era: one, windows, minute }) => {
        const rules = rulesOf(one, windows)
        const opens = nextOpening(rules, one.start + minute * minuteMs)
        if (opens === null) return
        expect(isOpen(rules, opens.at)).toBe(true)
        expect(nextOpening(rules, opens.at)?.at).toBe(opens.at)
        const closes = nextClosing(rules, opens.at)
        if (closes === null) return
        expect(isOpen(rules, closes.at)).toBe(false)
        expect(isOpen(rules, closes.at - 1)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('the closed spans of a range are its closed minutes', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 1, max: 3 * 1_440 }), ({ era: one, windows, minute }, length) => {
        const to = Math.min(minute + length, days * 1_440 - margin)
        const spans = closedSpans(rulesOf(one, windows), {
          from: one.start + minute * minuteMs,
          until: one.start + to * minuteMs,
        })
        const shown = openMinutes(one, windows).slice(minute, to)
        const closed = shown.map((_, index) => {
          const at = one.start + (minute + index) * minuteMs
          return spans.some(({ from, until }) => at >= from && at < until)
        })
        expect(closed).toEqual(shown.map((open) => !open))
      }),
      { numRuns: 40 },
    )
  })
})
