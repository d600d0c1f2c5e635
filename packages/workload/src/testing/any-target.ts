import { targetStates } from '@fairlead/contracts/rollout-states'
import { verdictStates } from '@fairlead/contracts/verdict'
import fc from 'fast-check'
import type { ObservedWorkload, TargetObservation } from '../rollout/observation'
import { aTarget, aWorkload } from './plan-samples'
import { at } from './sample-time'
import { aSplit } from './trial-samples'

const keysOf = <K extends string>(table: Record<K, unknown>): K[] => Object.keys(table) as K[]
const workloads = fc.record({
  key: fc.constantFrom('one', 'two'),
  state: fc.constantFrom(...keysOf(verdictStates)),
  held: fc.boolean(),
  early: fc.boolean(),
  stuck: fc.option(fc.boolean(), { nil: null }),
})

const lives = fc.option(
  fc.oneof(
    fc.constant({ reachable: false as const, reason: 'refused' }),
    fc.record({
      reachable: fc.constant(true as const),
      workloads: fc.array(
        workloads.map(({ key, state, held, early, stuck }): ObservedWorkload => ({
          ...aWorkload(state),
          key,
          held,
          early: early
            ? [{ reason: 'CrashLoopBackOff', message: '', objectKind: 'Pod', objectName: 'p', since: null }]
            : [],
          stuck: stuck === null ? null : { name: 'p', uid: 'u', resourceVersion: '1', hopeless: stuck },
        })),
        { maxLength: 2 },
      ),
      adrift: fc.constantFrom([], ['ConfigMap a']),
      prunable: fc.constantFrom(
        [],
        [{ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'old' }],
      ),
      begun: fc.boolean(),
    }),
  ),
  { nil: null },
)

const clocks = fc.constantFrom(null, at(-100_000), at(-1), at(1_000))
/** A target as the rows and its cluster could have it, most of it nonsense. */
export const targets = fc
  .record({
    state: fc.constantFrom(...keysOf(targetStates)),
    applied: fc.constantFrom(undefined, 'release', 'base'),
    live: lives,
    refused: fc.constantFrom(null, null, 'denied'),
    earlySince: fc.constantFrom({}, { one: at(-60).toISOString() }),
    splits: fc.constantFrom([], [aSplit(10, 1)]),
    wave: fc.integer({ min: 1, max: 3 }),
    startedAt: clocks,
    progressAt: clocks,
    convergedAt: clocks,
    unreachableAt: clocks,
    askAt: clocks,
    turn: fc.constantFrom(
      null,
      { kind: 'ready' as const },
      ...(['unreachable', 'blocked', 'changed'] as const).map((kind) => ({ kind, reason: kind })),
    ),
  })
  .map(({ state, applied, ...rest }): TargetObservation => ({
    ...aTarget({ state, ...(applied === undefined ? {} : { applied }) }),
    ...rest,
  }))

export const waves = fc.option(
  fc.record({
    maxConcurrent: fc.integer({ min: 1, max: 3 }),
    bake: fc.constantFrom('0s', '5m'),
    failureBudget: fc.integer({ min: 0, max: 2 }),
    unreachable: fc.record({ policy: fc.constantFrom('wait' as const, 'skip' as const, 'fail' as const) }),
  }),
  { nil: null },
)
