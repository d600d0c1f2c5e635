import { describe, expect, it } from 'vitest'
import { replicaSegments } from './replica-scale'

describe('replica segments', () => {
  it.each([
    [{ desired: 5, ready: 5, updated: 5, unavailable: 0 }, [['ready', 5]]],
    [
      { desired: 5, ready: 3, updated: 1, unavailable: 1 },
      [
        ['ready', 1],
        ['outdated', 2],
        ['unavailable', 1],
        ['missing', 1],
      ],
    ],
    [{ desired: 0, ready: 0, updated: 0, unavailable: 0 }, []],
    [{ desired: 2, ready: 0, updated: 2, unavailable: 2 }, [['unavailable', 2]]],
  ])('of %j are %j', (replicas, expected) => {
    expect(replicaSegments(replicas).map((segment) => [segment.kind, segment.count])).toEqual(expected)
  })

  it('never count a pod of an older revision as up to date', () => {
    const outdated = replicaSegments({ desired: 4, ready: 4, updated: 0, unavailable: 0 })
    expect(outdated).toEqual([{ kind: 'outdated', count: 4 }])
  })
})
