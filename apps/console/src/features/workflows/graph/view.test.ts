import { expect, test } from 'vitest'
import { layoutOf } from './layout'
import { fitted, held, meets, opening, regionOf, revealing, stepped, zoomed } from './view'

const node = (id: string) => ({ id, width: 200, height: 50 })
const diamond = layoutOf(
  'abcd'.split('').map(node),
  ['ab', 'ac', 'bd', 'cd'].map(([from = '', to = '']) => ({ from, to })),
)
const size = { width: 800, height: 400 }

test('arrows follow the edges and the column', () => {
  expect(stepped(diamond, null, 'ArrowRight')).toBe('a')
  const next = stepped(diamond, 'a', 'ArrowRight')
  expect(['b', 'c']).toContain(next)
  expect(stepped(diamond, 'b', 'ArrowDown')).toBe('c')
  expect(stepped(diamond, 'c', 'ArrowUp')).toBe('b')
  expect(stepped(diamond, 'b', 'ArrowRight')).toBe('d')
  expect(stepped(diamond, 'd', 'ArrowRight')).toBe('d')
  expect(stepped(diamond, 'b', 'ArrowLeft')).toBe('a')
})

test('a zoom keeps the point under the pointer', () => {
  const before = { x: 10, y: 20, k: 1 }
  const after = zoomed(before, 1.5, { x: 110, y: 70 })
  expect((110 - after.x) / after.k).toBeCloseTo((110 - before.x) / before.k)
  expect((70 - after.y) / after.k).toBeCloseTo((70 - before.y) / before.k)
})

test('a small graph opens whole and not enlarged; a large one opens at its beginning, readable', () => {
  expect(opening(diamond, { width: 2000, height: 1000 }).k).toBe(1)
  const chain = Array.from({ length: 100 }, (_, index) => node(`n${index}`))
  const long = layoutOf(
    chain,
    chain.slice(1).map((_, index) => ({ from: `n${index}`, to: `n${index + 1}` })),
  )
  const view = opening(long, size)
  expect(view.k).toBeGreaterThanOrEqual(0.5)
  expect(view.x).toBeGreaterThan(0)
  expect(fitted(long, size).k).toBeLessThan(0.1)
})

test('a node out of sight is brought in, one in sight moves nothing', () => {
  const view = { x: 0, y: 0, k: 1 }
  expect(revealing(view, { x: 300, y: 100, width: 200, height: 50 }, size)).toEqual(view)
  const moved = revealing(view, { x: 900, y: -90, width: 200, height: 50 }, size)
  expect(900 + moved.x + 200).toBeLessThanOrEqual(800)
  expect(-90 + moved.y).toBeGreaterThanOrEqual(0)
})

test('the drawn region holds what is seen, and stays the same over a small pan', () => {
  const view = { x: -500, y: -300, k: 1 }
  const region = regionOf(view, size)
  expect(region.x).toBeLessThanOrEqual(500)
  expect(region.x + region.width).toBeGreaterThanOrEqual(1300)
  expect(regionOf({ ...view, x: -510 }, size)).toEqual(region)
  expect(meets(region, { x: 600, y: 400, width: 10, height: 10 })).toBe(true)
})

test('the drawing can not be lost from sight', () => {
  const view = held({ x: 99_999, y: -99_999, k: 1 }, diamond, size)
  expect(view.x).toBeLessThan(size.width)
  expect(view.y + diamond.height).toBeGreaterThan(0)
})
