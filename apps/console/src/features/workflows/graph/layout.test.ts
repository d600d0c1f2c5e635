import { expect, test } from 'vitest'
import { layered } from './layers'
import { layoutOf } from './layout'
import { crossings, untangle } from './order'

const node = (id: string) => ({ id, width: 200, height: 50 })
const edges = (...pairs: string[]) =>
  pairs.map((pair) => {
    const [from = '', to = ''] = pair.split('>')
    return { from, to }
  })

test('a task stands right of everything it needs, however long the way', () => {
  const { nodes } = layoutOf('abcd'.split('').map(node), edges('a>b', 'b>c', 'a>d', 'c>d'))
  const x = (id: string) => nodes.get(id)?.x ?? -1
  expect(x('a')).toBeLessThan(x('b'))
  expect(x('b')).toBeLessThan(x('c'))
  expect(x('c')).toBeLessThan(x('d'))
})

test('no two tasks overlap', () => {
  const many = Array.from({ length: 60 }, (_, index) => node(`n${index}`))
  const some = many.flatMap((_, index) =>
    index === 0 ? [] : [{ from: `n${Math.floor(index / 3)}`, to: `n${index}` }],
  )
  const placed = [...layoutOf(many, some).nodes.values()]
  for (const one of placed)
    for (const other of placed) {
      if (one.id >= other.id || one.x !== other.x) continue
      expect(Math.abs(one.y - other.y)).toBeGreaterThanOrEqual(50)
    }
})

test('a cycle and an unknown name, as a document being written has them, still give a drawing', () => {
  const { nodes, edges: drawn } = layoutOf(
    'abc'.split('').map(node),
    edges('a>b', 'b>c', 'c>a', 'x>a', 'b>b'),
  )
  expect(nodes.size).toBe(3)
  expect(drawn).toHaveLength(3)
})

test('an order without crossings is found where there is one', () => {
  const { layers } = layered('abcdef'.split('').map(node), edges('a>f', 'b>e', 'c>d'))
  expect(crossings(layers)).toBe(3)
  untangle(layers)
  expect(crossings(layers)).toBe(0)
})

test('a straight chain is drawn as a straight line', () => {
  const { nodes } = layoutOf('abc'.split('').map(node), edges('a>b', 'b>c'))
  expect(new Set([...nodes.values()].map(({ y }) => y)).size).toBe(1)
})

test('nothing is drawn from nothing', () => {
  expect(layoutOf([], [])).toMatchObject({ width: 0, height: 0, edges: [] })
})
