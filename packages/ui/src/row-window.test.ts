import { expect, test } from 'vitest'
import { rowsInSight, scrollToReveal } from './row-window'

const sight = { height: 680, rowHeight: 34 }

test('whatever the scroll position, every row in sight is drawn, and little more', () => {
  for (let scrollTop = 0; scrollTop < 40_000; scrollTop += 37) {
    const { first, end } = rowsInSight({ ...sight, scrollTop })
    expect(first * 34).toBeLessThanOrEqual(scrollTop)
    expect(end * 34).toBeGreaterThanOrEqual(scrollTop + sight.height)
    expect(end - first).toBeLessThan(60)
  }
})

test('small scrolls keep the window', () => {
  const at = (scrollTop: number) => rowsInSight({ ...sight, scrollTop })
  expect(at(34 * 40)).toEqual(at(34 * 41))
})

test('a row is brought into sight by the shortest way', () => {
  expect(scrollToReveal(5, { ...sight, scrollTop: 0 })).toBe(0)
  expect(scrollToReveal(5, { ...sight, scrollTop: 1000 })).toBe(170)
  expect(scrollToReveal(100, { ...sight, scrollTop: 0 })).toBe(3400 + 68 - 680)
})
