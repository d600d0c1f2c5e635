import { describe, expect, it } from 'vitest'
import { after, type Decision } from './decision'
import type { Observation } from './observation'
import { planRollout } from './plan'
import { anObservation, aStage, aTarget, aWorkload, aPlan } from '../testing/plan-samples'
import { at } from '../testing/sample-time'

const now = at(0)
const decide = (observation: Observation, date = now): Decision => planRollout(observation, date)
const stateOf = (decision: Decision): string | undefined => decision.writes.stages[0]?.state

describe('planRollout', () => {
  it.each([
    ['pending is planned', aStage({ state: 'pending' }), 'planning'],
    [
      'a plan without approval is applied',
      aStage({ state: 'planning', fresh: { kind: 'plan', plan: aPlan() } }),
      'applying',
    ],
    [
      'a plan with approval is asked for',
      aStage({ state: 'planning', approval: true, fresh: { kind: 'plan', plan: aPlan() } }),
      'awaiting_approval',
    ],
    [
      'a blocked plan fails',
      aStage({ state: 'planning', fresh: { kind: 'plan', plan: aPlan({ blockers: ['denied'] }) } }),
      'failed',
    ],
    [
      'a quorum begins the apply',
      aStage({
        state: 'awaiting_approval',
        approval: true,
        approvals: 1,
        fresh: { kind: 'plan', plan: aPlan() },
      }),
      'applying',
    ],
    [
      'another digest asks again',
      aStage({
        state: 'awaiting_approval',
        approval: true,
        approvals: 1,
        fresh: { kind: 'plan', plan: aPlan({ digest: 'other' }) },
      }),
      'awaiting_approval',
    ],
    [
      'applied everywhere progresses',
      aStage({ state: 'applying', targets: [aTarget({ state: 'applied' })] }),
      'progressing',
    ],
    [
      'all converged converges',
      aStage({ state: 'progressing', targets: [aTarget({ state: 'converged' })] }),
      'converged',
    ],
    [
      'a passed progress deadline rolls back',
      aStage({
        state: 'progressing',
        progressAt: at(-1),
        targets: [aTarget({ state: 'applied', workloads: [aWorkload('progressing')] })],
      }),
      'rolling_back',
    ],
    [
      'a passed absolute deadline rolls back',
      aStage({
        state: 'progressing',
        totalAt: at(-1),
        targets: [aTarget({ state: 'applied', workloads: [aWorkload('progressing')] })],
      }),
      'rolling_back',
    ],
    [
      "the Deployment's own deadline rolls back at once",
      aStage({
        state: 'progressing',
        targets: [aTarget({ state: 'applied', workloads: [aWorkload('deadline_exceeded')] })],
      }),
      'rolling_back',
    ],
    [
      'without a verified release it fails',
      aStage({
        state: 'progressing',
        base: null,
        progressAt: at(-1),
        targets: [aTarget({ state: 'applied', workloads: [aWorkload('progressing')] })],
      }),
      'failed',
    ],
    [
      'a stage that holds on failure fails',
      aStage({
        state: 'progressing',
        onFailure: 'hold',
        progressAt: at(-1),
        targets: [aTarget({ state: 'applied', workloads: [aWorkload('progressing')] })],
      }),
      'failed',
    ],
    [
      'a failed rollback is not rolled back',
      aStage({
        state: 'rolling_back',
        progressAt: at(-1),
        targets: [aTarget({ state: 'rolling_back', applied: 'base', workloads: [aWorkload('progressing')] })],
      }),
      'failed',
    ],
  ] as const)('%s', (_, stage, expected) => {
    expect(stateOf(decide(anObservation([stage])))).toBe(expected)
  })

  it('applies to every pending target, and to the base while rolling back', () => {
    const forward = decide(
      anObservation([aStage({ state: 'applying', targets: [aTarget({ state: 'pending' })] })]),
    )
    expect(forward.actions).toMatchObject([{ kind: 'apply', releaseId: 'release' }])
    const back = decide(
      anObservation([
        aStage({ state: 'rolling_back', targets: [aTarget({ state: 'rolling_back', applied: 'release' })] }),
      ]),
    )
    expect(back.actions).toMatchObject([{ kind: 'apply', releaseId: 'base' }])
  })

  it('does not start a second stage before the first has converged, nor after it failed', () => {
    const first = aStage({
      state: 'progressing',
      targets: [aTarget({ state: 'applied', workloads: [aWorkload('progressing')] })],
    })
    const second = { ...aStage({ state: 'pending' }), id: 'second', position: 1 }
    expect(decide(anObservation([first, second])).writes.stages.map(({ id }) => id)).toEqual(['stage'])
    const failed = decide(anObservation([{ ...first, progressAt: at(-1), baseReleaseId: null }, second]))
    expect(failed.writes.stages.map(({ state }) => state)).toEqual(['failed', 'skipped'])
  })

  it('gives early evidence its grace, then rolls back without waiting for the deadline', () => {
    const early = [
      {
        reason: 'ImagePullBackOff',
        message: 'has an image that cannot be pulled',
        objectKind: 'Pod',
        objectName: 'web-1',
        since: null,
      },
    ]
    const stage = (since: Record<string, string>) =>
      aStage({
        state: 'progressing',
        targets: [
          {
            ...aTarget({ state: 'applied', workloads: [{ ...aWorkload('degraded'), early }] }),
            earlySince: since,
          },
        ],
      })
    const first = decide(anObservation([stage({})]))
    expect(stateOf(first)).toBeUndefined()
    expect(first.writes.targets[0]?.earlySince).toEqual({ workload: now.toISOString() })
    expect(stateOf(decide(anObservation([stage({ workload: now.toISOString() })]), after(now, 16_000)))).toBe(
      'rolling_back',
    )
  })

  it('leaves a readiness that never passes to the deadline', () => {
    const readiness = { ...aWorkload('degraded'), early: [] }
    const stage = aStage({
      state: 'progressing',
      targets: [aTarget({ state: 'applied', workloads: [readiness] })],
    })
    expect(stateOf(decide(anObservation([stage]), after(now, 60_000)))).toBeUndefined()
  })

  it('does not take a gap in observation for missing progress', () => {
    const stage = aStage({
      state: 'progressing',
      progressAt: at(-1),
      targets: [{ ...aTarget({ state: 'applied' }), live: { reachable: false, reason: 'refused' } }],
    })
    const decision = decide(anObservation([stage]))
    expect(stateOf(decision)).toBeUndefined()
    expect(decision.writes.stages[0]?.progressAt?.getTime()).toBeGreaterThan(now.getTime())
  })

  it('moves nothing on while paused, but pauses the Deployments in progress', () => {
    const target = aTarget({ state: 'applied', workloads: [aWorkload('progressing')] })
    const stage = aStage({ state: 'progressing', progressAt: at(-1), targets: [target] })
    const paused = (observation: Observation): Observation => ({
      ...observation,
      rollout: { ...observation.rollout, paused: true },
    })
    expect(decide(paused(anObservation([stage]))).actions).toMatchObject([{ kind: 'hold' }])
    const held = aStage({
      state: 'progressing',
      progressAt: at(-1),
      targets: [aTarget({ state: 'applied', workloads: [{ ...aWorkload('paused'), held: true }] })],
    })
    expect(decide(paused(anObservation([held])))).toMatchObject({ actions: [], writes: { stages: [] } })
    expect(decide(anObservation([held])).actions).toMatchObject([{ kind: 'release' }])
  })

  it('frees a StatefulSet from its stuck pod only after the template is right again', () => {
    const behind = (hopeless: boolean) => ({
      ...aWorkload('progressing'),
      kind: 'StatefulSet',
      stuck: { name: 'db-1', uid: 'u', resourceVersion: '7', hopeless },
    })
    const stuck = behind(false)
    const stage = (applied: string) =>
      aStage({
        state: 'rolling_back',
        targets: [aTarget({ state: 'rolling_back', applied, workloads: [stuck] })],
      })
    expect(decide(anObservation([stage('release')])).actions).toMatchObject([{ kind: 'apply' }])
    expect(decide(anObservation([stage('base')])).actions).toMatchObject([
      { kind: 'unstick', pods: [{ name: 'db-1', uid: 'u', resourceVersion: '7' }] },
    ])
    const forward = (hopeless: boolean, progressAt = at(100)) =>
      decide(
        anObservation([
          aStage({
            state: 'progressing',
            progressAt,
            targets: [aTarget({ state: 'applied', workloads: [behind(hopeless)] })],
          }),
        ]),
      ).actions
    expect(forward(false)).toEqual([])
    expect(forward(false, at(30))).toMatchObject([{ kind: 'unstick' }])
    expect(forward(true)).toMatchObject([{ kind: 'unstick' }])
  })
})
