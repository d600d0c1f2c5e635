import { describe, expect, it } from 'vitest'
import { aGate, anObservation, aPlan, aStage, aTarget } from '../testing/plan-samples'
import { at } from '../testing/sample-time'
import type { Decision } from './decision'
import type { Observation } from './observation'
import { planRollout } from './plan'

const decide = (observation: Observation): Decision => planRollout(observation, at(0))
const stateOf = (decision: Decision): string | undefined => decision.writes.stages[0]?.state

describe('planRollout, with workflows before and after a stage', () => {
  it.each([
    [
      'a plan with a workflow before it prepares',
      aStage({
        state: 'planning',
        gates: [aGate('before', 'not_started')],
        fresh: { kind: 'plan', plan: aPlan() },
      }),
      'preparing',
    ],
    [
      'a quorum with a workflow before it prepares',
      aStage({
        state: 'awaiting_approval',
        approval: true,
        approvals: 1,
        gates: [aGate('before', 'not_started')],
        fresh: { kind: 'plan', plan: aPlan() },
      }),
      'preparing',
    ],
    [
      'a plan whose workflows have run already is applied',
      aStage({
        state: 'planning',
        gates: [aGate('before', 'succeeded')],
        fresh: { kind: 'plan', plan: aPlan() },
      }),
      'applying',
    ],
    [
      'the end of what runs before it begins the apply',
      aStage({
        state: 'preparing',
        gates: [aGate('before', 'succeeded')],
        fresh: { kind: 'plan', plan: aPlan() },
      }),
      'applying',
    ],
    [
      'another plan by then is planned again',
      aStage({
        state: 'preparing',
        gates: [aGate('before', 'succeeded')],
        fresh: { kind: 'plan', plan: aPlan({ digest: 'other' }) },
      }),
      'planning',
    ],
    [
      'an approval that no longer counts by then is asked for again',
      aStage({
        state: 'preparing',
        approval: true,
        gates: [aGate('before', 'succeeded')],
        fresh: { kind: 'plan', plan: aPlan() },
      }),
      'planning',
    ],
    [
      'a workflow that can not be started fails the stage',
      aStage({ state: 'preparing', gates: [aGate('before', 'refused')] }),
      'failed',
    ],
    [
      'converged targets with a workflow after them verify',
      aStage({
        state: 'progressing',
        gates: [aGate('after', 'not_started')],
        targets: [aTarget({ state: 'converged' })],
      }),
      'verifying',
    ],
    [
      'the end of what runs after it converges',
      aStage({
        state: 'verifying',
        gates: [aGate('after', 'succeeded')],
        targets: [aTarget({ state: 'converged' })],
      }),
      'converged',
    ],
    [
      'a failed workflow after it rolls back',
      aStage({
        state: 'verifying',
        gates: [aGate('after', 'failed')],
        targets: [aTarget({ state: 'converged' })],
      }),
      'rolling_back',
    ],
    [
      'a cancelled workflow after it fails a stage that holds',
      aStage({
        state: 'verifying',
        onFailure: 'hold',
        gates: [aGate('after', 'cancelled')],
        targets: [aTarget({ state: 'converged' })],
      }),
      'failed',
    ],
    [
      'a workflow after it that takes longer than the absolute deadline rolls back',
      aStage({
        state: 'verifying',
        totalAt: at(-1),
        gates: [aGate('after', 'running')],
        targets: [aTarget({ state: 'converged' })],
      }),
      'rolling_back',
    ],
  ] as const)('%s', (_, stage, expected) => {
    expect(stateOf(decide(anObservation([stage])))).toBe(expected)
  })

  it('runs the workflows of a stage one after the other', () => {
    const stage = (...states: readonly ReturnType<typeof aGate>['state'][]) =>
      aStage({ state: 'preparing', gates: states.map((state, position) => aGate('before', state, position)) })
    expect(decide(anObservation([stage('not_started', 'not_started')])).starts).toEqual([
      { stageId: 'stage', when: 'before', position: 0 },
    ])
    const open = decide(anObservation([stage('running', 'not_started')]))
    expect(open).toMatchObject({
      starts: [],
      reason: 'Runs before it: migrate-database, run 12: Running',
      next: at(1),
    })
    expect(decide(anObservation([stage('succeeded', 'not_started')])).starts).toEqual([
      { stageId: 'stage', when: 'before', position: 1 },
    ])
  })

  it('says which run held it up when the time is over, and that it goes on', () => {
    const stage = aStage({
      state: 'verifying',
      totalAt: at(-1),
      gates: [aGate('after', 'running')],
      targets: [aTarget({ state: 'converged' })],
    })
    expect(decide(anObservation([stage])).writes.stages[0]?.evidence).toEqual([
      'Runs after it: smoke-test, run 12: Running',
      'smoke-test, run 12, goes on; cancel it by itself if it should stop.',
    ])
  })

  it('applies nothing of a stage whose workflow before it failed, and holds nothing', () => {
    const decision = decide(
      anObservation([aStage({ state: 'preparing', gates: [aGate('before', 'failed')] })]),
    )
    expect(decision).toMatchObject({ actions: [], next: 'settled' })
    expect(decision.writes.standing).toBeUndefined()
    expect(decision.reason).toBe('migrate-database, run 12: failed. Nothing was applied to staging.')
  })
})
