import { describe, expect, it } from 'vitest'
import { overlaps } from './index-availability'
import { MAX_REAL_NODES, planNetwork, ROOT_INDEXES, USER_INDEXES } from './network-plan'

const indexes = Array.from({ length: USER_INDEXES.first + USER_INDEXES.count }, (_, index) => index)
const plans = indexes.map((index) => planNetwork('production', index, MAX_REAL_NODES))

describe('planNetwork', () => {
  it('gives no two clusters a common port, range, name or folder', () => {
    const unique = (values: readonly (string | number)[]) => expect(new Set(values).size).toBe(values.length)
    unique(plans.flatMap(({ ports }) => Object.values(ports)))
    unique(plans.flatMap(({ nodeCidr, podCidr, serviceCidr }) => [nodeCidr, podCidr, serviceCidr]))
    unique(plans.flatMap(({ bridge, nodes }) => [bridge, ...nodes.flatMap(({ veth }) => [veth])]))
    unique(
      plans.flatMap(({ nodes }) => nodes.flatMap(({ netns, podCidr, address }) => [netns, podCidr, address])),
    )
  })

  it('keeps the ranges of all clusters apart', () => {
    const ranges = plans.flatMap(({ nodeCidr, podCidr, serviceCidr }) => [nodeCidr, podCidr, serviceCidr])
    for (const [position, first] of ranges.entries()) {
      for (const second of ranges.slice(position + 1)) expect(overlaps(first, second)).toBe(false)
    }
  })

  it('keeps every link name within the kernel limit of 15 characters', () => {
    for (const { bridge, nodes } of plans) {
      for (const name of [bridge, ...nodes.map(({ veth }) => veth)])
        expect(name.length).toBeLessThanOrEqual(15)
    }
  })

  it('keeps its ports below the range from which the kernel picks its own', () => {
    expect(Math.max(...plans.flatMap(({ ports }) => Object.values(ports)))).toBeLessThan(32_768)
  })

  it('keeps the indexes of root and of others apart', () => {
    expect(ROOT_INDEXES.first + ROOT_INDEXES.count).toBeLessThanOrEqual(USER_INDEXES.first)
  })

  it('puts each node into the pod range of its cluster', () => {
    for (const { podCidr, nodes } of plans)
      for (const node of nodes) expect(overlaps(podCidr, node.podCidr)).toBe(true)
  })

  it.each([-1, 64, 1.5])('refuses index %s', (index) => {
    expect(() => planNetwork('x', index, 1)).toThrow(/outside/)
  })
})

describe('overlaps', () => {
  it.each([
    ['10.219.0.0/24', '10.219.0.5', true],
    ['10.219.0.0/24', '10.219.1.0/24', false],
    ['10.220.0.0/20', '10.220.0.0/14', true],
    ['10.220.0.0/20', '0.0.0.0/0', false],
    ['10.220.0.0/20', '10.0.0.0/8', false],
  ])('%s and %s: %s', (a, b, expected) => expect(overlaps(a, b)).toBe(expected))
})
