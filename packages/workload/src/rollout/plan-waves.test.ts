import { describe, expect, it } from 'vitest'
import { aStage, aTarget, anObservation, aWorkload } from '../testing/plan-samples'
import { at } from '../testing/sample-time'
import { aClosedWindow } from '../testing/window-samples'
import type { Observation, StageObservation, TargetObservation } from './observation'
import { planRollout } from './plan'

const nothing = { releaseId: null, objects: {}, touched: [], kept: [], upkeep: [] }
const target = (id: string, wave: number, more: Partial<TargetObservation> = {}): TargetObservation => ({
  ...aTarget({ state: more.state ?? 'pending' }),
  ...((more.state ?? 'pending') === 'pending' ? { applied: nothing } : {}),
  id,
  cluster: id,
  clusterId: id,
  wave,
  startedAt: at(-60),
  progressAt: at(60),
  ...more,
})
const ready = { turn: { kind: 'ready' } } as const
const live = (state: Parameters<typeof aWorkload>[0]) =>
  ({ reachable: true, workloads: [aWorkload(state)], adrift: [], prunable: [], begun: true }) as const
const silent = { reachable: false, reason: 'refused' } as const

interface Wish {
  readonly waves?: NonNullable<Parameters<typeof aStage>[0]['waves']>
  readonly state?: StageObservation['state']
  readonly onFailure?: 'rollback' | 'hold'
  readonly base?: string | null
  readonly more?: Partial<StageObservation>
}
const stageOf = (targets: readonly TargetObservation[], wish: Wish = {}): Observation =>
  anObservation([
    {
      ...aStage({
        state: wish.state ?? 'progressing',
        waves: wish.waves ?? { maxConcurrent: 2 },
        onFailure: wish.onFailure ?? 'rollback',
        ...(wish.base === undefined ? {} : { base: wish.base }),
        targets,
      }),
      progressAt: null,
      totalAt: null,
      ...wish.more,
    },
  ])
const decide = (targets: readonly TargetObservation[], wish: Wish = {}) => {
  const { actions, writes, reason, next } = planRollout(stageOf(targets, wish), at(0))
  return {
    begins: actions.flatMap((action) => (action.kind === 'apply' ? [action.targetId] : [])),
    targets: Object.fromEntries(writes.targets.map(({ id, state }) => [id, state])),
    stage: writes.stages[0]?.state,
    reason,
    next,
    writes,
  }
}

describe('whose turn it is', () => {
  it('begins as many of the first wave as may be in flight, and gives each its own deadline', () => {
    const { begins, writes } = decide([target('c', 2, ready), target('a', 1, ready), target('b', 1, ready)])
    expect(begins).toEqual(['a', 'b'])
    expect(writes.targets.map(({ startedAt, progressAt }) => [startedAt, progressAt])).toEqual([
      [at(0), at(120)],
      [at(0), at(120)],
    ])
  })

  it('keeps the next wave back while one of this bakes, and says until when', () => {
    const baking = target('a', 1, { state: 'baking', convergedAt: at(-60), live: live('converged') })
    const { begins, reason } = decide([baking, target('b', 2, ready)], { waves: { bake: '5m' } })
    expect([begins, reason]).toEqual([
      [],
      expect.stringMatching(/^Wave 1 bakes until \d\d:\d\d:\d\d UTC: a\.$/),
    ])
  })

  it('counts what a crash left begun as in flight, and finishes it first', () => {
    const begun = target('b', 1, {
      ...ready,
      applied: { ...nothing, touched: ['web'] },
      live: live('converged'),
    })
    const some = [target('a', 1, ready), begun, target('c', 1, ready)]
    expect(decide(some, { waves: { maxConcurrent: 1 } }).begins).toEqual(['b'])
    expect(decide(some, { waves: { maxConcurrent: 2 } }).begins).toEqual(['b', 'a'])
    expect(decide(some, { state: 'halted' }).begins).toEqual(['b'])
  })

  it('begins nothing while the window is closed, but what was begun', () => {
    const closed = { more: { window: aClosedWindow() } }
    const through = target('a', 1, { state: 'converged' })
    const { begins, reason } = decide([through, target('b', 2, ready)], closed)
    expect([begins, reason]).toEqual([[], expect.stringContaining('weekend')])
    expect(decide([target('a', 1, ready)], { ...closed, state: 'applying' })).toMatchObject({
      begins: [],
      stage: 'awaiting_window',
    })
  })

  it('halts rather than applying what is no longer what was approved', () => {
    const changed = { turn: { kind: 'changed', reason: 'b is not as it was.' } } as const
    const { begins, stage, reason } = decide([target('a', 1, ready), target('b', 1, changed)])
    expect([begins, stage]).toEqual([[], 'halted'])
    expect(reason).toContain('b is not as it was. Deploy again')
  })
})

describe('a target in its turn', () => {
  it('bakes when it has arrived, and converges when it stayed well', () => {
    const arrived = target('a', 1, { state: 'applied', live: live('converged') })
    expect(decide([arrived], { waves: { bake: '1m' } }).targets).toEqual({ a: 'baking' })
    expect(decide([arrived]).targets).toEqual({ a: 'converged' })
    const baked = { state: 'baking', convergedAt: at(-61), live: live('converged') } as const
    expect(decide([target('a', 1, baked)], { waves: { bake: '1m' } }).targets).toEqual({ a: 'converged' })
  })

  it('has not arrived while its cluster is well with another release', () => {
    const stale = { ...live('converged'), adrift: ['Deployment web'] }
    const { targets, begins } = decide([target('a', 1, { state: 'applied', live: stale })])
    expect([targets, begins]).toEqual([{}, ['a']])
  })

  it('fails on evidence while it bakes, and when it is not well for long after', () => {
    const bad = target('a', 1, { state: 'baking', convergedAt: at(-10), live: live('deadline_exceeded') })
    const waves = { bake: '1m', failureBudget: 1 }
    expect(decide([bad], { waves }).targets).toEqual({ a: 'rolling_back' })
    const unwell = { state: 'baking', convergedAt: at(-181), live: live('progressing') } as const
    expect(decide([target('a', 1, unwell)], { waves }).targets).toEqual({ a: 'rolling_back' })
    expect(decide([target('a', 1, { ...unwell, convergedAt: at(-100) })], { waves }).targets).toEqual({})
  })

  it('goes back alone within the budget, where there is something to go back to', () => {
    const late = target('a', 1, {
      state: 'applied',
      live: live('progressing'),
      progressAt: at(-1),
      marks: {},
    })
    const waves = { failureBudget: 1 }
    expect(decide([late], { waves }).targets).toEqual({ a: 'rolling_back' })
    expect(decide([late], { waves, onFailure: 'hold' }).targets).toEqual({ a: 'failed' })
    expect(decide([late], { waves, base: null }).targets).toEqual({ a: 'failed' })
  })

  it('fails untouched where its API server would refuse it', () => {
    const blocked = target('a', 1, { turn: { kind: 'blocked', reason: 'denied' } })
    const { targets, begins, reason } = decide([blocked])
    expect([targets, begins]).toEqual([{ a: 'failed' }, []])
    expect(reason).toContain('denied Nothing was applied there.')
  })
})

describe('the failure budget', () => {
  const good = target('a', 1, { state: 'converged' })
  const bad = target('b', 1, { state: 'failed', message: 'It broke.' })
  const left = target('c', 2, ready)

  it('once spent takes everything back that got the release, and nothing else', () => {
    const { stage, targets, writes } = decide([good, bad, left])
    expect(stage).toBe('rolling_back')
    expect(targets).toEqual({ a: 'rolling_back', c: 'cancelled' })
    expect(writes.stages[0]?.evidence).toEqual(['b: It broke.'])
  })

  it('names each target once in what it lists, also one that was too late or refused', () => {
    const late = { state: 'applied', live: live('progressing'), progressAt: at(-1), marks: {} } as const
    const waves = { failureBudget: 2 }
    const first = decide([target('staging', 1, late)], { waves, onFailure: 'hold' })
    expect(first.reason).toMatch(/^staging: No progress for 2m\. /)
    const denied = target('staging', 1, { turn: { kind: 'blocked', reason: 'denied' } })
    expect(decide([denied], { waves }).reason).toMatch(/^staging: It can't take the release: denied /)
    const [message = ''] = first.writes.targets.map((write) => write.message ?? '')
    const over = decide([good, target('staging', 1, { state: 'failed', message }), left])
    expect(over.writes.stages[0]?.evidence).toEqual([`staging: ${message}`])
  })

  it('halts where the stage says hold, or there is nothing to go back to', () => {
    for (const wish of [{ onFailure: 'hold' }, { base: null }] as const)
      expect(decide([good, bad, left], wish)).toMatchObject({ stage: 'halted', targets: {}, begins: [] })
  })

  it('ends a stage of which nothing was applied', () => {
    const refused = { ...bad, applied: nothing }
    expect(decide([refused, left])).toMatchObject({ stage: 'failed' })
  })

  it('lets the stage converge without those within it, and says so', () => {
    const { stage, reason } = decide([good, bad], { waves: { failureBudget: 1 } })
    expect([stage, reason]).toEqual([
      'converged',
      '1 of 2 targets run this release; 1 failed, within the budget.',
    ])
  })

  it('never converges a stage in which every target failed', () => {
    expect(decide([bad], { waves: { failureBudget: 1 } }).stage).toBe('failed')
  })

  it('leaves a halted stage to people, whatever becomes of its targets', () => {
    expect(decide([good, bad], { state: 'halted', waves: { failureBudget: 5 } }).stage).toBeUndefined()
    expect(decide([good, left], { state: 'halted' })).toMatchObject({ begins: [], targets: {} })
  })
})

describe('a cluster that does not answer', () => {
  const gone = { turn: { kind: 'unreachable', reason: 'refused' } } as const
  const since = (seconds: number) => ({ unreachableAt: at(-seconds), askAt: at(10) })
  const unreachable = (policy: 'wait' | 'skip' | 'fail') => ({
    waves: { failureBudget: 1, unreachable: { policy, timeout: '1m' } },
  })

  it('is noted, and asked again later', () => {
    const { writes } = decide([target('a', 1, gone)])
    expect(writes.targets).toMatchObject([{ id: 'a', unreachableAt: at(0), askAt: at(10) }])
  })

  it.each([
    ['wait', 59, {}, []],
    ['wait', 60, { a: 'failed' }, []],
    ['fail', 0, { a: 'failed' }, []],
    ['skip', 3_600, {}, ['b']],
  ] as const)('%s, silent for %i s', (policy, seconds, targets, begins) => {
    const decision = decide([target('a', 1, since(seconds)), target('b', 2, ready)], unreachable(policy))
    const states = Object.entries(decision.targets).filter(([, state]) => state !== undefined)
    expect([Object.fromEntries(states), decision.begins]).toEqual([targets, begins])
  })

  it('that was left out is waited for at the end, then fails', () => {
    const through = target('b', 2, { state: 'converged' })
    expect(decide([target('a', 1, since(59)), through], unreachable('skip')).stage).toBeUndefined()
    expect(decide([target('a', 1, since(60)), through], unreachable('skip')).targets).toEqual({ a: 'failed' })
  })

  it('that was left out is begun when it answers, whatever wave has come meanwhile', () => {
    const back = target('a', 1, { ...since(60), ...ready, askAt: at(-1) })
    const through = target('b', 2, { state: 'converged' })
    expect(decide([back, through, target('c', 3, ready)], unreachable('skip')).begins).toEqual(['a'])
  })

  it('keeps its place while its turn has begun, and has not failed for being silent a while', () => {
    const moving = target('a', 1, { state: 'applied', live: silent, ...since(30), progressAt: at(-1) })
    expect(decide([moving, target('b', 1, ready)], unreachable('skip'))).toMatchObject({ begins: [] })
    const long = { ...moving, unreachableAt: at(-60) }
    expect(decide([long, target('b', 1, ready)], unreachable('skip')).targets).toEqual({ a: 'failed' })
  })

  it('does not fail for having been silent once it answers again', () => {
    const back = target('a', 1, { state: 'applied', live: live('progressing'), ...since(3_600) })
    expect(decide([back], unreachable('wait')).writes.targets).toMatchObject([
      { id: 'a', unreachableAt: null },
    ])
  })
})
