import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { podsFor, shareOf } from './weights'

const weights = fc.integer({ min: 1, max: 99 })
const traffics = fc.constantFrom('pods' as const, 'routes' as const, 'service' as const)
const pods = fc.integer({ min: 1, max: 2_000 })

describe('podsFor', () => {
  it.each([
    [10, 10, 1],
    [10, 3, 1],
    [20, 4, 1],
    [25, 9, 3],
    [50, 4, 4],
    [90, 4, 4],
    [1, 1, 1],
    [99, 0, 0],
  ])('has for %i%% beside %i pods %i', (weight, stable, wanted) => {
    expect(podsFor('pods', weight, stable)).toBe(wanted)
  })

  it('has pods for the share that comes where something else moves the traffic, and all of them for a switch', () => {
    expect([5, 10, 50, 75, 90].map((weight) => podsFor('routes', weight, 10))).toEqual([1, 1, 5, 8, 9])
    expect([0, 100].map((weight) => podsFor('service', weight, 10))).toEqual([10, 10])
  })

  it('starts at least one pod and never more than there are', () => {
    fc.assert(
      fc.property(traffics, weights, pods, (traffic, weight, stable) => {
        const canary = podsFor(traffic, weight, stable)
        expect(canary).toBeGreaterThanOrEqual(1)
        expect(canary).toBeLessThanOrEqual(stable)
      }),
    )
  })

  it('never falls while the weight rises', () => {
    fc.assert(
      fc.property(traffics, weights, weights, pods, (traffic, one, other, stable) => {
        const [low, high] = one < other ? [one, other] : [other, one]
        expect(podsFor(traffic, low, stable)).toBeLessThanOrEqual(podsFor(traffic, high, stable))
      }),
    )
  })

  it('comes as near to the weight as whole pods allow, up to half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), pods, (weight, stable) => {
        const canary = podsFor('pods', weight, stable)
        const ideal = (stable * weight) / (100 - weight)
        expect(Math.abs(canary - Math.max(1, ideal))).toBeLessThanOrEqual(0.5 + 1e-9)
      }),
    )
  })
})

describe('shareOf', () => {
  it.each([
    [1, 9, 10],
    [1, 3, 25],
    [4, 4, 50],
    [0, 4, 0],
    [0, 0, 0],
  ])('of %i beside %i is %i%%', (canary, stable, share) => {
    expect(shareOf(canary, stable)).toBe(share)
  })
})
