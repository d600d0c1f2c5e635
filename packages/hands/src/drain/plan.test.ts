import type { DrainPod } from '@fairlead/contracts/hands'
import type { DrainStep } from '@fairlead/contracts/hand-states'
import { describe, expect, it } from 'vitest'
import { planDrain, type DrainObservation } from './plan'

const now = new Date('2026-01-01T00:00:00Z')
const pod = (uid: string, step: DrainStep): DrainPod => ({
  uid,
  namespace: 'shop',
  name: uid,
  step,
  reason: 'why',
  controller: null,
  budget: null,
  emptyDirs: [],
})
const seen = (pods: readonly DrainPod[], cordoned = true, stopping: readonly string[] = []) => ({
  cordoned,
  pods,
  stopping: new Set(stopping),
})
const observation = (change: Partial<DrainObservation>): DrainObservation => ({
  node: 'n1',
  nodeUid: 'n',
  deadlineAt: new Date('2026-01-01T01:00:00Z'),
  planned: [],
  seen: seen([]),
  ...change,
})

describe('a pass of a drain', () => {
  it('cordons first and asks for every pod that may go, those that wait too: the Eviction API decides', () => {
    const pods = [pod('a', 'evict'), pod('b', 'wait'), pod('c', 'leave')]
    const decision = planDrain(observation({ seen: seen(pods, false) }), now)
    expect(decision).toMatchObject({ state: 'running', cordon: true, planned: ['a', 'b'] })
    expect(decision.evictions.map(({ uid }) => uid)).toEqual(['a', 'b'])
  })

  it('does not ask again for what is stopping, and waits for it', () => {
    const decision = planDrain(observation({ seen: seen([pod('a', 'evict')], true, ['a']) }), now)
    expect(decision).toMatchObject({ state: 'running', evictions: [] })
    expect(decision.waiting).toHaveLength(1)
  })

  it('has succeeded when nothing is left that had to go, and not before the node is cordoned', () => {
    const done = observation({ planned: ['a', 'b'], seen: seen([pod('c', 'leave')]) })
    expect(planDrain(done, now)).toMatchObject({
      state: 'succeeded',
      message: expect.stringContaining('2 pods left n1') as string,
    })
    const open = planDrain(observation({ seen: seen([], false) }), now)
    expect(open).toMatchObject({ state: 'running', cordon: true })
  })

  it.each([
    ['another node has the name', observation({ seen: null }), /gone/],
    [
      'a pod came to be in the way',
      observation({ seen: seen([pod('x', 'refuse')]) }),
      /shop\/x came to be in the way/,
    ],
    [
      'the deadline has passed',
      observation({ deadlineAt: now, seen: seen([pod('a', 'wait')]) }),
      /1 of 1 pods/,
    ],
  ])('ends without touching anything when %s', (_, observed, message) => {
    const decision = planDrain(observed, now)
    expect(decision).toMatchObject({ state: 'failed', cordon: false, evictions: [] })
    expect(decision.message).toMatch(message)
  })

  it('asks for few at once, so that a cancel is heard in between', () => {
    const pods = Array.from({ length: 100 }, (_, at) => pod(`p${at}`, 'evict'))
    expect(planDrain(observation({ seen: seen(pods) }), now).evictions).toHaveLength(20)
  })
})
