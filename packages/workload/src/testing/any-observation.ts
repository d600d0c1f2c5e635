import { gateStates, isTerminal, rolloutStates, stageStates } from '@fairlead/contracts/rollout-states'
import fc from 'fast-check'
import type { FreshPlan, Observation } from '../rollout/observation'
import { targets, waves } from './any-target'
import { aGate, anObservation, aPlan, aStage } from './plan-samples'
import { at } from './sample-time'
import { trials } from './trial-samples'
import { windows } from './window-samples'

const keysOf = <K extends string>(table: Record<K, unknown>): K[] => Object.keys(table) as K[]

const freshPlans: fc.Arbitrary<FreshPlan | null> = fc.constantFrom(
  null,
  { kind: 'plan', plan: aPlan() },
  { kind: 'plan', plan: aPlan({ digest: 'other' }) },
  { kind: 'plan', plan: aPlan({ blockers: ['denied'] }) },
  { kind: 'plan', plan: aPlan({ targets: [] }) },
  { kind: 'unreachable', reason: 'refused' },
  { kind: 'refused', reason: 'no destination' },
)

const gates = fc
  .array(
    fc.record({
      when: fc.constantFrom('before' as const, 'step' as const, 'after' as const),
      state: fc.constantFrom('succeeded' as const, ...keysOf(gateStates)),
    }),
    { maxLength: 4 },
  )
  .map((list) => list.map(({ when, state }, position) => aGate(when, state, position)))

const dates = fc.constantFrom(at(-100_000), at(-1), at(1), at(1_000))
const stages = fc
  .record({
    state: fc.constantFrom(...keysOf(stageStates)),
    approval: fc.boolean(),
    approvals: fc.integer({ min: 0, max: 2 }),
    onFailure: fc.constantFrom('rollback' as const, 'hold' as const),
    base: fc.constantFrom(null, 'base', 'release'),
    progressAt: dates,
    totalAt: dates,
    planRequestedAt: dates,
    fresh: freshPlans,
    window: windows,
    heldAt: fc.option(dates, { nil: null }),
    gates,
    ...trials,
    targets: fc.array(targets, { minLength: 1, maxLength: 3 }),
    waves,
  })
  .map(({ planRequestedAt, fresh, heldAt, canary, waves: order, ...sample }) => ({
    // A stage has one or the other.
    ...aStage({ ...sample, ...(order !== null ? { waves: order } : canary === undefined ? {} : { canary }) }),
    fresh,
    planRequestedAt,
    heldAt,
  }))

/** Anything that Postgres and the clusters could say, most of it nonsense. */
export const observations: fc.Arbitrary<Observation> = fc
  .record({
    stages: fc.array(stages, { maxLength: 3 }),
    state: fc.constantFrom(...keysOf(rolloutStates)),
    kind: fc.constantFrom('deploy' as const, 'rollback' as const),
    paused: fc.boolean(),
  })
  .map(({ stages: list, state, kind, paused }) => {
    const observation = anObservation(
      list.map((stage, position) => ({
        ...stage,
        id: `stage-${position}`,
        position,
        targets: stage.targets.map((target, index) => ({ ...target, id: `target-${position}-${index}` })),
      })),
      state,
    )
    // The rollout waits exactly while its current stage does: record writes both at once.
    const current = observation.stages.find((stage) => !isTerminal.stage(stage.state))
    const pending = { state: 'pending' } as const
    const open = current?.state === 'awaiting_approval' ? 'waiting' : 'running'
    return {
      stages: observation.stages.map((stage) =>
        current !== undefined && stage.position > current.position ? { ...stage, ...pending } : stage,
      ),
      rollout: { ...observation.rollout, kind, paused, state: isTerminal.rollout(state) ? state : open },
    }
  })
