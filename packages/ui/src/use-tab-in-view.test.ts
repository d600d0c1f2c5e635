import { expect, it } from 'vitest'
import { scrolledTo } from './use-tab-in-view'

it.each([
  ['in sight stays where it is', { scrolled: 40, width: 360 }, { from: 100, to: 180 }, 40],
  ['to the right comes in, with a bit of the next', { scrolled: 0, width: 360 }, { from: 500, to: 580 }, 248],
  ['cut at the right comes in', { scrolled: 0, width: 360 }, { from: 300, to: 400 }, 68],
  [
    'to the left comes back, with a bit of the one before',
    { scrolled: 300, width: 360 },
    { from: 100, to: 180 },
    72,
  ],
  ['the first is at the beginning', { scrolled: 300, width: 360 }, { from: 0, to: 70 }, 0],
  ['wider than the list shows its beginning', { scrolled: 0, width: 100 }, { from: 200, to: 400 }, 172],
  ['of a list that has room for all', { scrolled: 0, width: 900 }, { from: 500, to: 580 }, 0],
])('a tab %s', (_, sight, tab, scrolled) => {
  expect(scrolledTo(sight, tab)).toBe(scrolled)
})
