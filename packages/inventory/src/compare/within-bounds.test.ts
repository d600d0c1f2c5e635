import type { ComparedKind } from '@fairlead/contracts/comparison'
import { describe, expect, it } from 'vitest'
import type { KindRead, NamespaceRead } from './read-namespace'
import { withinBounds } from './within-bounds'

const read = (kind: ComparedKind, count: number): readonly [ComparedKind, KindRead] => [
  kind,
  {
    state: 'read',
    objects: Array.from({ length: count }, (_, n) => ({ kind, metadata: { name: `${kind}-${n}` } })),
  },
]
const denied = (kind: ComparedKind, words: string): readonly [ComparedKind, KindRead] => [
  kind,
  { state: 'denied', words },
]
const side = (...kinds: (readonly [ComparedKind, KindRead])[]): NamespaceRead => new Map(kinds)
const counts = (left: NamespaceRead, right: NamespaceRead) => {
  const bounded = withinBounds(left, right, 10)
  return { left: bounded.left.length, right: bounded.right.length, leftOut: bounded.leftOut }
}

describe('what is compared of two sides', () => {
  it('is all of both while there is room', () => {
    expect(counts(side(read('Service', 4), read('ConfigMap', 6)), side(read('ConfigMap', 10)))).toEqual({
      left: 10,
      right: 10,
      leftOut: [],
    })
  })

  it('leaves out a whole kind of both sides where one has too much of it, and goes on with the next', () => {
    expect(
      counts(side(read('Service', 11), read('ConfigMap', 2)), side(read('Service', 3), read('ConfigMap', 1))),
    ).toEqual({
      left: 2,
      right: 1,
      leftOut: ['Service: more than 10 and 3 of them; at most 10 objects of a side are compared'],
    })
  })

  it('leaves out a kind that may not be listed on one side, and says so once', () => {
    const words = 'Secret of production: it may not be listed'
    expect(
      counts(side(read('Secret', 2), read('Service', 1)), side(denied('Secret', words), read('Service', 1))),
    ).toEqual({ left: 1, right: 1, leftOut: [words] })
    expect(counts(side(denied('Secret', words)), side(denied('Secret', words))).leftOut).toEqual([words])
  })
})
