import type { ComparedObject } from '@fairlead/contracts/comparison'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSides } from './compare-sides'
import type { Comparable } from './without-nature'

const scalar = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom('a', 'b.a.svc', 'b'),
)
const field = fc.constantFrom(
  'name',
  'namespace',
  'ports',
  'containers',
  'initContainers',
  'from',
  'args',
  'labels',
  'metadata',
  'key',
  'spec',
)
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(field, tie('json'), { maxKeys: 4 }),
  ),
}))
const object = fc
  .record({
    kind: fc.constantFrom('Deployment', 'Service', 'Secret', 'ConfigMap', 'HorizontalPodAutoscaler'),
    name: fc.constantFrom('a', 'b', 'c'),
    spec: json ?? scalar,
    data: fc.dictionary(field, scalar, { maxKeys: 3 }),
  })
  .map(({ kind, name, spec, data }): Comparable => ({ kind, metadata: { name }, spec, data }))
const side = fc.record({
  namespace: fc.constantFrom('a', 'b', null),
  objects: fc.array(object, { maxLength: 6 }),
})

const swapped = ({ outcome, differences, ...rest }: ComparedObject): ComparedObject => ({
  ...rest,
  outcome: outcome === 'left' ? 'right' : outcome === 'right' ? 'left' : outcome,
  differences: differences.map(({ path, left, right }) => ({ path, left: right, right: left })),
})

describe('whatever the objects are', () => {
  it('a side equals itself', () => {
    fc.assert(
      fc.property(side, (one) => {
        expect(compareSides(one, one).filter(({ outcome }) => outcome !== 'equal')).toEqual([])
      }),
    )
  })

  it('swapped sides give the same, swapped', () => {
    fc.assert(
      fc.property(side, side, (left, right) => {
        expect(compareSides(right, left)).toEqual(compareSides(left, right).map(swapped))
      }),
    )
  })

  it('every object of either side is there once', () => {
    fc.assert(
      fc.property(side, side, (left, right) => {
        const keys = compareSides(left, right).map(({ kind, name }) => `${kind}/${name}`)
        const all = [...left.objects, ...right.objects].map(
          ({ kind, metadata }) => `${kind}/${metadata.name}`,
        )
        expect(keys).toEqual([...new Set(all)].sort())
      }),
    )
  })
})
