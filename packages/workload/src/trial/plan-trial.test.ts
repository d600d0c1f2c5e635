import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Decision } from '../rollout/decision'
import type { Observation, StageObservation } from '../rollout/observation'
import { planRollout } from '../rollout/plan'
import { aGate, anObservation, aStage, aTarget, aWorkload } from '../testing/plan-samples'
import { aSplit } from '../testing/trial-samples'
import { at } from '../testing/sample-time'
import { firstStep, type Steps } from './steps'

type Sample = Parameters<typeof aStage>[0]
const twoSteps = {
  steps: [
    { weight: 10, pause: '2m' },
    { weight: 50, pause: 'untilPromoted' },
  ],
}
const key = 'apps/v1|Deployment|shop|web-canary'
const pods = (state: Parameters<typeof aWorkload>[0]) => ({ ...aWorkload(state), key, name: 'web-canary' })
const target = (state: Parameters<typeof aWorkload>[0] = 'converged') => ({
  ...aTarget({ state: 'trial', workloads: [pods(state)] }),
  applied: { releaseId: null, objects: {}, touched: [key], kept: [], upkeep: [] },
  splits: [aSplit(10, 1)],
  trafficAt: 10,
})
const inCanary = (sample: Partial<Sample> = {}): StageObservation =>
  aStage({ state: 'trial', canary: twoSteps, targets: [target()], ...sample })
const decide = (stage: StageObservation, seconds = 0): Decision =>
  planRollout(anObservation([stage]), at(seconds))
const stands = (steps: Partial<Steps> = {}): Steps => ({ ...firstStep, since: at(0).toISOString(), ...steps })
const stateOf = ({ writes }: Decision) => writes.stages[0]?.state
const metric = {
  prometheus: 'https://prometheus.example',
  query: 'errors',
  success: '< 0.05',
  count: 2,
  interval: '10s',
}
const measured = (outcome: 'passed' | 'failed' | 'inconclusive', value: number | null = 1) => ({
  at: at(10).toISOString(),
  outcome,
  value,
  message: '',
})

describe('a stage on trial', () => {
  it('begins instead of the apply where there is something to go back to', () => {
    const fresh = {
      kind: 'plan',
      plan: { ...aStage({ state: 'planning' }).plan, digest: 'd', blockers: [] },
    } as never
    expect(stateOf(decide(aStage({ state: 'planning', canary: twoSteps, fresh })))).toBe('trial')
    expect(stateOf(decide(aStage({ state: 'planning', fresh })))).toBe('applying')
  })

  it('starts the pods that the weight asks for where they are missing', () => {
    const { live, ...rest } = target()
    const adrift = { ...rest, live: { ...live, adrift: ['Deployment web-canary'] } as typeof live }
    expect(decide(inCanary({ targets: [adrift] })).actions).toEqual([
      { kind: 'trial', targetId: 'target', releaseId: 'release', weight: 10, pods: { web: 1 } },
    ])
  })

  it('counts its pause from the moment at which its pods are available', () => {
    const { writes, next } = decide(inCanary(), 7)
    expect(writes.stages[0]).toMatchObject({ progressAt: null, steps: { since: at(7).toISOString() } })
    expect(next).toBe('again')
  })

  it('waits for the end of the pause, and no longer', () => {
    const waiting = decide(inCanary({ steps: stands() }), 119)
    expect(waiting.next).toEqual(at(120))
    expect(waiting.reason).toBe('Step 1 of 2, 10%: paused for 2m.')
    expect(decide(inCanary({ steps: stands() }), 120).writes.stages[0]?.steps).toMatchObject({
      at: 1,
      since: null,
    })
  })

  it('is let on by a person, for the step that was seen alone', () => {
    expect(decide(inCanary({ steps: stands(), promotedStep: 0 })).writes.stages[0]?.steps?.at).toBe(1)
    const second = stands({ at: 1 })
    expect(stateOf(decide(inCanary({ steps: second, promotedStep: 0 }), 9_999))).toBeUndefined()
    expect(decide(inCanary({ steps: second, promotedStep: 0 })).reason).toMatch(/until a person promotes it/)
    expect(stateOf(decide(inCanary({ steps: second, promotedStep: 1 })))).toBe('applying')
  })

  it('gives the whole its total deadline only once it is promoted', () => {
    const { writes } = decide(inCanary({ steps: stands({ at: 1 }), promotedStep: 1 }), 60)
    expect(writes.stages[0]).toMatchObject({ state: 'applying', progressAt: null, totalAt: at(60 + 15 * 60) })
  })

  it('applies at once where nothing runs that could be tried', () => {
    const bare = { ...target(), splits: [], live: { ...target().live, workloads: [] } as never }
    expect(stateOf(decide(inCanary({ targets: [bare] })))).toBe('applying')
  })

  it('never promotes what a cluster that is silent may contradict', () => {
    const silent = { ...target(), live: { reachable: false as const, reason: 'refused' } }
    const decision = decide(inCanary({ steps: stands({ at: 1 }), promotedStep: 1, targets: [silent] }))
    expect([stateOf(decision), decision.actions]).toEqual([undefined, []])
  })
})

describe('going back', () => {
  const goesBack = (decision: Decision) => {
    expect(stateOf(decision)).toBe('rolling_back')
    expect(decision.actions).toEqual([
      {
        kind: 'prune',
        targetId: 'target',
        objects: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web-canary' }],
      },
    ])
    expect(decision.writes.targets).toMatchObject([{ from: 'trial', state: 'rolling_back' }])
  }

  it.each<[string, Partial<Sample>]>([
    ['on the way to its weight', {}],
    ['while it pauses', { steps: stands() }],
    ['while it waits for a person', { steps: stands({ at: 1 }) }],
    ['although the stage says to hold', { steps: stands(), onFailure: 'hold' }],
    ['although it was promoted just now', { steps: stands(), promotedStep: 0 }],
  ])('is done by a person %s', (_, sample) => {
    goesBack(decide(inCanary({ ...sample, abortReason: 'Aborted by ada: no' })))
  })

  it('finds what a worker put there that was killed before it wrote so', () => {
    const forgotten = { ...target(), state: 'pending' as const }
    const decision = decide(
      inCanary({ steps: stands(), targets: [forgotten], abortReason: 'Aborted by ada: no' }),
    )
    expect(decision.writes.targets).toMatchObject([{ from: 'pending', state: 'rolling_back' }])
    expect(decision.actions).toHaveLength(1)
    expect(decide(inCanary({ steps: stands(), targets: [forgotten] })).actions).toMatchObject([
      { kind: 'trial' },
    ])
  })

  it('is done while the rollout is paused, too', () => {
    const observation = anObservation([inCanary({ steps: stands(), abortReason: 'Aborted by ada: no' })])
    goesBack(planRollout({ ...observation, rollout: { ...observation.rollout, paused: true } }, at(0)))
  })

  it('is done by evidence against its pods, long before the deadline', () => {
    const early = [
      { reason: 'CrashLoopBackOff', message: '', objectKind: 'Pod', objectName: 'p', since: null },
    ]
    const broken = target('degraded')
    const failing = {
      ...broken,
      earlySince: { [key]: at(-60).toISOString() },
      live: { ...broken.live, workloads: [{ ...pods('degraded'), early }] } as never,
    }
    goesBack(decide(inCanary({ targets: [failing] })))
  })

  it('is done by the deadline when its pods do not come up', () => {
    goesBack(decide(inCanary({ targets: [target('progressing')], progressAt: at(-1) })))
  })

  it('is done by measurements that miss the condition', () => {
    const canary = { steps: [{ weight: 10, analysis: metric }] }
    const decision = decide(inCanary({ canary, steps: stands(), measured: measured('failed', 0.3) }))
    goesBack(decision)
    expect(decision.writes.stages[0]?.evidence?.join()).toMatch(/errors has to be < 0\.05/)
    expect(decision.writes.stages[0]?.steps?.tally.failed).toBe(1)
  })

  it('is done by a workflow that did not succeed, and by nothing else of it', () => {
    const canary = { steps: [{ weight: 10, analysis: { workflow: 'smoke-test' } }] }
    const judged = (state: Parameters<typeof aGate>[1]) =>
      decide(inCanary({ canary, steps: stands(), gates: [aGate('step', state)] }))
    goesBack(judged('failed'))
    expect(judged('not_started').starts).toEqual([{ stageId: 'stage', when: 'step', position: 0 }])
    expect(stateOf(judged('running'))).toBeUndefined()
    expect(stateOf(judged('succeeded'))).toBe('applying')
  })
})

describe('an analysis', () => {
  const canary = { steps: [{ weight: 10, analysis: metric }] }
  const quiet = { ...firstStep.tally, inconclusive: 3, recent: [measured('inconclusive', null)] }

  it('that can tell nothing waits for a person, whose word ends it', () => {
    const waiting = decide(inCanary({ canary, steps: stands({ tally: quiet }) }))
    expect([stateOf(waiting), waiting.actions]).toEqual([undefined, []])
    expect(waiting.reason).toMatch(/inconclusive/)
    expect(stateOf(decide(inCanary({ canary, steps: stands({ tally: quiet }), promotedStep: 0 })))).toBe(
      'applying',
    )
  })

  it('that can tell nothing aborts where the stage says so', () => {
    const strict = { steps: [{ weight: 10, analysis: { ...metric, onInconclusive: 'abort' } }] }
    expect(stateOf(decide(inCanary({ canary: strict, steps: stands({ tally: quiet }) })))).toBe(
      'rolling_back',
    )
  })

  it('that failed is no matter for a person', () => {
    const tally = { ...firstStep.tally, failed: 1, recent: [measured('failed')] }
    const decision = decide(inCanary({ canary, steps: stands({ tally }), promotedStep: 0 }))
    expect(stateOf(decision)).toBe('rolling_back')
  })
})

describe('every sequence of steps', () => {
  const steps = fc.array(
    fc.record({
      weight: fc.integer({ min: 1, max: 99 }),
      pause: fc.constantFrom(undefined, '1s', '2m', 'untilPromoted'),
      analysis: fc.constantFrom(undefined, metric, { ...metric, failureLimit: 5, count: 4 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  const outcomes = fc.array(fc.constantFrom('passed' as const, 'failed' as const, 'inconclusive' as const), {
    minLength: 1,
    maxLength: 40,
  })

  it('ends: applied or gone back, once pods come up and people say what they are asked', () => {
    fc.assert(
      fc.property(steps, outcomes, (wanted, said) => {
        const sorted = wanted
          .toSorted((left, right) => left.weight - right.weight)
          .map((step) => Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)))
        let stage = inCanary({ canary: { steps: sorted } })
        for (let pass = 0; pass < 400; pass++) {
          const outcome = said[pass % said.length] ?? 'passed'
          const due = stage.steps?.since != null
          const decision = decide(
            { ...stage, measured: due ? { ...measured(outcome), at: at(pass * 60).toISOString() } : null },
            pass * 60,
          )
          const to = stateOf(decision)
          if (to !== undefined) {
            expect(['applying', 'rolling_back']).toContain(to)
            return
          }
          stage = written(stage, decision)
          if (/until a person|waits for Promote/.test(decision.reason))
            stage = { ...stage, promotedStep: stage.steps?.at ?? 0 }
        }
        throw new Error('it never ends')
      }),
      { numRuns: 300 },
    )
  })

  const written = (stage: StageObservation, { writes }: Decision): StageObservation => {
    const [write] = writes.stages
    return {
      ...stage,
      steps: write?.steps ?? stage.steps,
      progressAt: write?.progressAt === undefined ? stage.progressAt : write.progressAt,
    }
  }
})

describe('a rollout that was ended', () => {
  it('decides nothing more about its canary', () => {
    const observation: Observation = anObservation([{ ...inCanary(), state: 'cancelled' }], 'cancelled')
    const { actions, writes } = planRollout(observation, at(0))
    expect([actions, writes.stages]).toEqual([[], []])
  })
})
