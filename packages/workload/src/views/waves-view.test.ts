import { wavesSchema } from '@fairlead/contracts/waves'
import type { StageView, TargetView } from '@fairlead/contracts/rollout'
import { describe, expect, it } from 'vitest'
import { at } from '../testing/sample-time'
import { waveBlockers } from './wave-blockers'
import { wavesView } from './waves-view'

type Row = Parameters<typeof wavesView>[1][number]
const row = (id: string, wave: number, more: Partial<Row> = {}): Row => ({
  id,
  wave,
  state: 'pending',
  applied: {},
  convergedAt: null,
  unreachableAt: null,
  askAt: null,
  ...more,
})
const spec = (more: object = {}) => wavesSchema.parse({ maxConcurrent: 2, bake: '1m', ...more })

const stage = (rows: readonly Row[], more: Partial<StageView> = {}): StageView => ({
  name: 'fleet',
  state: 'progressing',
  reason: '',
  plan: null,
  approval: null,
  targets: rows.map(({ id, wave, state, unreachableAt }): TargetView => ({
    id,
    wave,
    state: state as TargetView['state'],
    cluster: { id, name: id, environment: 'staging', colour: 1 },
    namespace: 'shop',
    message: '',
    appliedAt: null,
    convergedAt: null,
    workloads: [],
    splits: [],
    observedAt: null,
    progressAt: null,
    unreachableSince: unreachableAt?.toISOString() ?? null,
  })),
  startedAt: null,
  finishedAt: null,
  deadlines: { progressAt: null, totalAt: null },
  base: null,
  evidence: [],
  convergeMs: null,
  gates: [],
  trial: null,
  freeze: null,
  waves: null,
  ...more,
})
const why = (rows: readonly Row[], more: Partial<StageView> = {}, waves: object = {}): string[] =>
  waveBlockers(stage(rows, more), wavesView(spec(waves), rows)).map(({ what }) => what)

describe('how waves stand', () => {
  it('says of each lane whether it waits, rolls out, bakes and until when, or is through', () => {
    const rows = [
      row('a', 1, { state: 'converged', convergedAt: at(-90) }),
      row('b', 2, { state: 'baking', convergedAt: at(-10) }),
      row('c', 2, { state: 'converged', convergedAt: at(-70) }),
      row('d', 3, { state: 'applied' }),
      row('e', 3),
      row('f', 4),
    ]
    const { lanes, inFlight, budget } = wavesView(spec(), rows)
    expect(lanes).toEqual([
      { number: 1, state: 'done', bakesUntil: null },
      { number: 2, state: 'baking', bakesUntil: at(50).toISOString() },
      { number: 3, state: 'running', bakesUntil: null },
      { number: 4, state: 'waiting', bakesUntil: null },
    ])
    expect([inFlight, budget]).toEqual([1, { allowed: 0, spent: 0 }])
  })

  it('counts what failed and what went back, and what a crash left begun', () => {
    const rows = [
      row('a', 1, { state: 'failed' }),
      row('b', 1, { state: 'rolled_back' }),
      row('c', 1, { applied: { releaseId: null, objects: {}, touched: ['web'] } }),
    ]
    const { inFlight, budget } = wavesView(spec({ failureBudget: 3 }), rows)
    expect([inFlight, budget]).toEqual([1, { allowed: 3, spent: 2 }])
  })
})

describe("why it isn't moving", () => {
  it('names the wave that bakes, and how many wait for it', () => {
    const rows = [row('a', 1, { state: 'baking', convergedAt: at(0) }), row('b', 2), row('c', 3)]
    expect(why(rows)).toEqual([
      'Wave 1 bakes: its targets have to stay well for 60 s before 2 more get the release',
    ])
  })

  it('names the places of a wave, or the wave that later ones wait for', () => {
    const moving = [row('a', 1, { state: 'applied' }), row('b', 1, { state: 'applied' })]
    expect(why([...moving, row('c', 1)])).toEqual([
      'Wave 1: 1 more wait for one of 2 places, 2 of them taken',
    ])
    expect(why([...moving, row('c', 2)])).toEqual(['1 in later waves wait for wave 1'])
  })

  it.each([
    ['wait', 'it is waited for, then counts as failed'],
    ['skip', 'it is left out until it does'],
    ['fail', 'it counts as failed'],
  ])('names the cluster that does not answer, and the policy %s', (policy, words) => {
    const rows = [row('a', 1, { unreachableAt: at(0) })]
    expect(why(rows, {}, { unreachable: { policy } })).toEqual([`Wave 1: a does not answer; ${words}`])
  })

  it('says why it was halted, and nothing of what would come next', () => {
    const rows = [row('a', 1, { state: 'failed' }), row('b', 2)]
    expect(why(rows, { state: 'halted', reason: 'The failure budget is spent.' })).toEqual([
      'fleet: The failure budget is spent.',
    ])
  })
})
