import { expect, it } from 'vitest'
import { gapWords, splitGaps } from './episode-gap'

const [one, two] = [new Date('2026-01-01T10:00:00Z'), new Date('2026-01-01T10:05:00Z')]
const gap = { from: one.toISOString(), to: two.toISOString() }

it.each([
  ['none', 'Changed: generation 1 → 2', 'Changed: generation 1 → 2', []],
  ['one', `Changed${gapWords(one, two)}`, 'Changed', [gap]],
  ['several', `Changed${gapWords(one, two)}${gapWords(one, two)}`, 'Changed', [gap, gap]],
  ['one that was cut off', 'Changed; not observed from 2026-01', 'Changed; not observed from 2026-01', []],
])('gaps are told from the reason: %s', (_, text, reason, gaps) => {
  expect(splitGaps(text)).toEqual({ reason, gaps })
})
