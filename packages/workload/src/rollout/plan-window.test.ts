import { describe, expect, it } from 'vitest'
import { aGate, anObservation, aPlan, aStage, aTarget, aWorkload } from '../testing/plan-samples'
import { at } from '../testing/sample-time'
import { aClosedWindow, anExcepted } from '../testing/window-samples'
import type { Decision } from './decision'
import type { Observation, StageObservation } from './observation'
import { planRollout } from './plan'

const decide = (observation: Observation): Decision => planRollout(observation, at(0))
const stateOf = (decision: Decision): string | undefined => decision.writes.stages[0]?.state
const fresh = { kind: 'plan', plan: aPlan() } as const
const closed = aClosedWindow()
const running = [aTarget({ state: 'applied', workloads: [aWorkload('progressing')] })]

describe('planRollout, while a window is closed', () => {
  it.each<[what: string, stage: StageObservation]>([
    ['a plan without approval waits', aStage({ state: 'planning', fresh, window: closed })],
    [
      'a quorum waits: it may be given, and applies later',
      aStage({ state: 'awaiting_approval', approval: true, approvals: 1, fresh, window: closed }),
    ],
    [
      'no workflow is begun',
      aStage({ state: 'planning', gates: [aGate('before', 'not_started')], fresh, window: closed }),
    ],
    [
      'what its workflows prepared waits',
      aStage({ state: 'preparing', gates: [aGate('before', 'succeeded')], fresh, window: closed }),
    ],
    ['an apply that did not come to its first object waits', aStage({ state: 'applying', window: closed })],
  ])('%s', (_, stage) => {
    const decision = decide(anObservation([stage]))
    expect(stateOf(decision)).toBe('awaiting_window')
    expect(decision.actions).toEqual([])
    expect(decision.reason).toBe(
      'Frozen: weekend (Nobody is on call). Opens 2026-01-01 12:10 UTC: weekend ends.',
    )
    expect(decision.writes.entries.map(({ kind }) => kind)).toEqual(['window'])
  })

  it('a second approval is still asked for', () => {
    const stage = aStage({ state: 'planning', approval: true, fresh, window: closed })
    expect(stateOf(decide(anObservation([stage])))).toBe('awaiting_approval')
  })

  it('looks again when it opens, and before that in case a bell was lost', () => {
    const next = (opensAt: Date) =>
      decide(
        anObservation([
          aStage({ state: 'awaiting_window', window: { ...closed, opensAt: opensAt.toISOString() } }),
        ]),
      ).next
    expect(next(at(10))).toEqual(at(10))
    expect(next(at(600))).toEqual(at(30))
  })

  it('the workflow whose turn comes waits, in its state', () => {
    const stage = aStage({ state: 'preparing', gates: [aGate('before', 'not_started')], window: closed })
    const decision = decide(anObservation([stage]))
    expect([decision.starts, stateOf(decision)]).toEqual([[], undefined])
    expect(decision.reason).toMatch(/^Frozen: weekend/)
  })

  it('what was begun finishes', () => {
    const stage = aStage({ state: 'progressing', targets: running, window: closed })
    expect(decide(anObservation([stage]))).toEqual(
      decide(
        anObservation([{ ...stage, window: { open: true, until: null, closes: null, heldOpen: null } }]),
      ),
    )
    const partly = aStage({
      state: 'applying',
      window: closed,
      targets: [aTarget({ state: 'applied' }), { ...aTarget({ state: 'pending' }), id: 'other' }],
    })
    expect(decide(anObservation([partly])).actions.map(({ targetId }) => targetId)).toEqual(['other'])
  })

  it('what fails rolls back, and what rolls back goes on', () => {
    const late = aStage({ state: 'progressing', targets: running, progressAt: at(-1), window: closed })
    expect(stateOf(decide(anObservation([late])))).toBe('rolling_back')
    const back = aStage({ state: 'rolling_back', targets: [aTarget({ state: 'rolling_back' })] })
    expect(decide(anObservation([back])).actions.map(({ kind }) => kind)).toEqual(['apply'])
  })
})

describe('planRollout, while a window pauses what runs', () => {
  const window = aClosedWindow('pause')
  const stage = aStage({
    state: 'progressing',
    targets: running,
    progressAt: at(-1),
    totalAt: at(100),
    window,
  })

  it('says so once, pauses the Deployment, and no deadline runs', () => {
    const first = decide(anObservation([stage]))
    expect(first.writes.stages).toEqual([expect.objectContaining({ heldAt: at(0) })])
    expect(first.writes.entries[0]).toMatchObject({ kind: 'window_paused', audit: true })
    const held = { ...stage, heldAt: at(-20) }
    expect(decide(anObservation([held])).actions.map(({ kind }) => kind)).toEqual(['hold'])
    const paused = {
      ...held,
      targets: [aTarget({ state: 'applied', workloads: [{ ...aWorkload('paused'), held: true }] })],
    }
    expect(decide(anObservation([paused]))).toMatchObject({
      actions: [],
      reason: expect.stringContaining('freeze window'),
    })
  })

  it('gives the time back when it opens', () => {
    const open = { open: true, until: null, closes: null, heldOpen: null } as const
    const decision = decide(anObservation([{ ...stage, heldAt: at(-20), window: open }]))
    expect(decision.writes.stages).toEqual([
      expect.objectContaining({ heldAt: null, progressAt: at(19), totalAt: at(120) }),
    ])
  })
})

describe('planRollout, when a window opens', () => {
  it.each<[what: string, stage: StageObservation, state: string]>([
    ['applies what was planned', aStage({ state: 'awaiting_window', fresh }), 'applying'],
    [
      'begins with its workflows',
      aStage({ state: 'awaiting_window', gates: [aGate('before', 'not_started')], fresh }),
      'preparing',
    ],
    [
      'plans again what changed meanwhile',
      aStage({ state: 'awaiting_window', fresh: { kind: 'plan', plan: aPlan({ digest: 'other' }) } }),
      'planning',
    ],
    [
      'asks again where an approval no longer counts',
      aStage({ state: 'awaiting_window', approval: true, approvals: 0, fresh }),
      'planning',
    ],
  ])('%s', (_, stage, state) => {
    expect(stateOf(decide(anObservation([stage])))).toBe(state)
  })

  it('by an exception, names the two people in the audit log', () => {
    const decision = decide(anObservation([aStage({ state: 'awaiting_window', fresh, window: anExcepted })]))
    expect(stateOf(decision)).toBe('applying')
    expect(decision.writes.entries).toEqual([
      expect.objectContaining({
        kind: 'exception',
        audit: true,
        message:
          'In spite of weekend (Nobody is on call): an exception that Ada asked for and Bob confirmed (the shop is down).',
      }),
    ])
  })
})
