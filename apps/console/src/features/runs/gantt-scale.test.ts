import { describe, expect, test } from 'vitest'
import { elapsedText, lengthOf, shareAt, ticksOf } from './gantt-scale'

const labels = (ms: number, width: number) =>
  ticksOf({ from: 1_000_000, to: 1_000_000 + ms }, { width, apart: 80 }).map(({ label }) => label)

describe('the axis of a Gantt chart', () => {
  test('has round steps with units, from milliseconds to days', () => {
    expect(labels(400, 800)).toEqual([
      '0',
      '50 ms',
      '100 ms',
      '150 ms',
      '200 ms',
      '250 ms',
      '300 ms',
      '350 ms',
      '400 ms',
    ])
    expect(labels(90_000, 500)).toEqual(['0', '15s', '30s', '45s', '1m', '1m 15s', '1m 30s'])
    expect(labels(3 * 3_600_000, 320)).toEqual(['0', '1h', '2h', '3h'])
    expect(labels(60 * 86_400_000, 320)).toEqual(['0', '28d', '56d'])
  })

  test('never crowds, however narrow', () => {
    for (const ms of [1, 777, 12_345, 987_654, 86_400_000 * 400])
      for (const width of [60, 200, 1_000])
        expect(labels(ms, width).length).toBeLessThanOrEqual(width / 80 + 2)
  })

  test('a moment outside is drawn at the edge', () => {
    const domain = { from: 0, to: 1_000 }
    expect(shareAt(domain, -5)).toBe(0)
    expect(shareAt(domain, 250)).toBe(0.25)
    expect(shareAt(domain, 5_000)).toBe(1)
  })

  test('a run without any length still has an axis', () => {
    expect(lengthOf({ from: 5, to: 5 })).toBeGreaterThan(0)
    expect(ticksOf({ from: 5, to: 5 }, { width: 500, apart: 80 })[0]?.label).toBe('0')
  })

  test('elapsed time names every unit that it has', () => {
    expect(elapsedText(90_061_000, 1_000)).toBe('1d 1h 1m 1s')
    expect(elapsedText(1_250, 50)).toBe('1.25s')
  })
})
