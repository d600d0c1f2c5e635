import { wavesSchema } from '@fairlead/contracts/waves'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveWaves, type OrderedCluster } from './resolve-waves'

const cluster = (name: string, labels: Readonly<Record<string, string>> = {}): OrderedCluster => ({
  name,
  environment: 'production',
  labels,
})
const wavesOf = (spec: object, clusters: readonly OrderedCluster[]): Record<string, number> =>
  Object.fromEntries(resolveWaves(wavesSchema.parse(spec), clusters))

const fleet = [
  cluster('us-1', { region: 'us' }),
  cluster('eu-10', { region: 'eu' }),
  cluster('eu-2', { region: 'eu', role: 'canary' }),
  cluster('unlabelled'),
]

describe('resolveWaves', () => {
  it('is one wave without an order or sizes', () => {
    expect(new Set(Object.values(wavesOf({}, fleet)))).toEqual(new Set([1]))
  })

  it('is a wave for each value of a label, in their order, and those without it last', () => {
    expect(wavesOf({ order: ['region'] }, fleet)).toEqual({ 'eu-10': 1, 'eu-2': 1, 'us-1': 2, unlabelled: 3 })
  })

  it('takes listed values first, and several labels one after the other', () => {
    expect(wavesOf({ order: [{ label: 'region', values: ['us'] }] }, fleet)).toEqual({
      'us-1': 1,
      'eu-10': 2,
      'eu-2': 2,
      unlabelled: 3,
    })
    expect(wavesOf({ order: ['role', 'region'] }, fleet)).toEqual({
      'eu-2': 1,
      'eu-10': 2,
      'us-1': 3,
      unlabelled: 4,
    })
  })

  it('cuts by numbers and shares, by name where nothing else orders; what is left is the last', () => {
    const many = Array.from({ length: 20 }, (_, at) => cluster(`c-${at + 1}`))
    const waves = wavesOf({ sizes: [1, '10%', '50%'] }, many)
    const sizes = [1, 2, 3, 4].map((wave) => Object.values(waves).filter((each) => each === wave).length)
    expect(sizes).toEqual([1, 2, 10, 7])
    expect(waves['c-1']).toBe(1)
    expect(waves['c-10']).toBe(3)
  })

  it('reads the environment as a label', () => {
    const mixed = [
      { ...cluster('p'), environment: 'production' },
      { ...cluster('d'), environment: 'development' },
    ]
    expect(wavesOf({ order: [{ label: 'environment', values: ['development'] }] }, mixed)).toEqual({
      d: 1,
      p: 2,
    })
  })

  it('gives every cluster one wave, without gaps, whatever order they come in', () => {
    const specs = fc.record({
      order: fc.subarray(['region', 'role'] as const),
      sizes: fc.option(fc.array(fc.constantFrom(1, 3, '10%', '100%'), { minLength: 1, maxLength: 4 }), {
        nil: undefined,
      }),
    })
    const clusters = fc.uniqueArray(
      fc.record({
        name: fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/),
        region: fc.constantFrom(undefined, 'eu', 'us', 'ap'),
        role: fc.constantFrom(undefined, 'canary'),
      }),
      { selector: ({ name }) => name, minLength: 1, maxLength: 30 },
    )
    fc.assert(
      fc.property(specs, clusters, fc.infiniteStream(fc.nat()), (spec, rows, shuffle) => {
        const { sizes, order } = spec
        const list = rows.map(({ name, region, role }) =>
          cluster(name, {
            ...(region === undefined ? {} : { region }),
            ...(role === undefined ? {} : { role }),
          }),
        )
        const shuffled = list
          .map((each) => ({ each, key: shuffle.next().value ?? 0 }))
          .toSorted((left, right) => left.key - right.key)
          .map(({ each }) => each)
        const full = { order, ...(sizes === undefined ? {} : { sizes }) }
        const waves = wavesOf(full, list)
        expect(wavesOf(full, shuffled)).toEqual(waves)
        expect(Object.keys(waves)).toHaveLength(list.length)
        const used = [...new Set(Object.values(waves))].toSorted((left, right) => left - right)
        expect(used).toEqual(used.map((_, at) => at + 1))
      }),
    )
  })
})
