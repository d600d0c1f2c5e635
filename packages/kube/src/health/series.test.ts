import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Tick } from '../testing/series-recorder'
import { verdictOf } from './verdict-of'

// Recorded from a real API server with real controllers (testing/series-recorder.ts): what was there at every look, and
// what the verdict of it is.

const folder = path.join(import.meta.dirname, 'testdata')
const series = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith('.jsonl'))
  .map((file) => ({
    name: path.basename(file, '.jsonl'),
    ticks: fs
      .readFileSync(path.join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Tick),
  }))

describe('the verdict at every tick of what a real cluster did', () => {
  it.each(series)('$name', ({ ticks }) => {
    const judged = ticks.map(({ now, minGeneration, object, replicaSets, pods }) => {
      const { state, message } = verdictOf(object, { replicaSets, pods, minGeneration, now: new Date(now) })
      return `${state}: ${message}`
    })
    expect(judged).toEqual(ticks.map(({ verdict }) => verdict))
  })

  it('covers all three kinds, in several series that move', () => {
    expect(new Set(series.map(({ ticks }) => ticks[0]?.object.kind))).toEqual(
      new Set(['Deployment', 'StatefulSet', 'DaemonSet']),
    )
    for (const { name, ticks } of series) expect(ticks.length, name).toBeGreaterThanOrEqual(2)
  })
})
