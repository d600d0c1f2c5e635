import type { RolloutView, StageView, TargetView } from '@fairlead/contracts/rollout'
import type { WavesView } from '@fairlead/contracts/waves'
import { expect, it } from 'vitest'
import { summary } from './wait-for-rollout'

const target = (name: string, wave: number, state: TargetView['state']) => ({
  cluster: { id: name, name, environment: 'production', colour: 1 },
  namespace: 'shop',
  wave,
  state,
  workloads: [],
})
const waves = {
  lanes: [
    { number: 1, state: 'done', bakesUntil: null },
    { number: 2, state: 'waiting', bakesUntil: null },
  ],
  maxConcurrent: 2,
  inFlight: 0,
  bakeMs: 0,
  budget: { allowed: 0, spent: 1 },
  unreachable: { policy: 'wait', timeout: '10m' },
} as const satisfies WavesView
const stage = (state: StageView['state']) => ({
  name: 'fleet',
  state,
  reason: '',
  waves,
  targets: [target('fra', 1, 'converged'), target('iad', 1, 'failed'), target('syd', 2, 'pending')],
})
const said = (state: StageView['state'], budget: WavesView['budget'] = waves.budget) =>
  summary({
    number: 4,
    application: 'web',
    state: 'running',
    paused: false,
    stages: [{ ...stage(state), waves: { ...waves, budget } }],
    blockers: [],
  } as unknown as RolloutView)

it('a wave with a target that failed is named with what became of it, as on the screen', () => {
  expect(said('halted')).toContain(
    'wave 1 halted 1/2 (failed: iad), wave 2 not begun 0/1; failed 1 of 0 that may',
  )
  expect(said('progressing', { allowed: 1, spent: 1 })).toContain(
    'wave 1 failed within the budget 1/2 (failed: iad), wave 2 waits 0/1; failed 1 of 1 that may',
  )
})
