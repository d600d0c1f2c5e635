import { stageSchema } from '@fairlead/contracts/application'
import { alwaysOpen, type FreezeAnswer } from '@fairlead/contracts/freeze-gate'
import type { StagePlan } from '@fairlead/contracts/rollout'
import {
  gateStates,
  isTerminal,
  rolloutStates,
  stageStates,
  targetStates,
  type RolloutState,
  type StageState,
  type TargetState,
} from '@fairlead/contracts/rollout-states'
import { verdictStates, type VerdictState } from '@fairlead/contracts/verdict'
import fc from 'fast-check'
import type { GateObservation } from '../rollout/gates'
import type {
  FreshPlan,
  Observation,
  ObservedWorkload,
  StageObservation,
  TargetObservation,
} from '../rollout/observation'
import { at } from './sample-time'
import { aSplit, trialPart, trials, type TrialSample } from './trial-samples'
import { windows } from './window-samples'

export const aPlan = (changes: Partial<StagePlan> = {}): StagePlan => ({
  stage: 'staging',
  digest: 'digest',
  computedAt: at(0).toISOString(),
  targets: [
    {
      cluster: { id: 'c', name: 'staging', environment: 'staging', colour: 0 },
      namespace: 'shop',
      objects: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          namespace: 'shop',
          name: 'web',
          change: 'change',
          notes: [],
          conflicts: [],
          restarts: 0,
          diff: [],
        },
      ],
    },
  ],
  checks: [],
  blockers: [],
  warnings: [],
  ...changes,
})

export const aWorkload = (state: VerdictState): ObservedWorkload => ({
  key: 'workload',
  kind: 'Deployment',
  name: 'web',
  verdict: { state, message: state, replicas: null, evidence: [], observedGeneration: 1, generation: 1 },
  revisions: [],
  held: false,
  early: [],
  stuck: null,
})

interface TargetSample {
  readonly state: TargetState
  readonly applied?: string
  readonly workloads?: readonly ObservedWorkload[]
}
export const aTarget = ({
  state,
  applied = state === 'pending' ? undefined : 'release',
  workloads,
}: TargetSample): TargetObservation => ({
  id: 'target',
  clusterId: 'c',
  cluster: 'staging',
  namespace: 'shop',
  state,
  message: '',
  shown: '',
  applied: {
    releaseId: applied ?? null,
    objects: {},
    touched: applied === undefined ? [] : ['apps/v1|Deployment|shop|web'],
    kept: [],
  },
  marks: {},
  earlySince: {},
  refused: null,
  splits: [],
  trafficAt: 0,
  live:
    workloads === undefined ? null : { reachable: true, workloads, adrift: [], prunable: [], begun: true },
})

export const aGate = (
  when: GateObservation['when'],
  state: GateObservation['state'],
  position = 0,
): GateObservation => ({
  when,
  position,
  workflow: when === 'before' ? 'migrate-database' : 'smoke-test',
  order: { workflow: when === 'before' ? 'migrate-database' : 'smoke-test', parameters: {} },
  url: null,
  silentSince: null,
  run: state === 'not_started' || state === 'refused' ? null : 'run',
  number: state === 'not_started' || state === 'refused' ? null : 12,
  state,
  reason: '',
})

interface StageSample extends TrialSample {
  readonly state: StageState
  readonly approval?: boolean
  readonly approvals?: number
  readonly onFailure?: 'rollback' | 'hold'
  readonly base?: string | null
  readonly progressAt?: Date
  readonly totalAt?: Date
  readonly fresh?: FreshPlan
  readonly heldAt?: Date
  readonly window?: FreezeAnswer
  readonly gates?: readonly GateObservation[]
  readonly targets?: readonly TargetObservation[]
  /** As a document says it. */
  readonly canary?: { readonly steps: readonly object[] }
}
export const aStage = (sample: StageSample): StageObservation => ({
  id: 'stage',
  position: 0,
  spec: stageSchema.parse({
    name: 'staging',
    targets: { clusters: ['staging'], namespace: 'shop' },
    deadline: { progress: '2m', total: '15m' },
    onFailure: sample.onFailure ?? 'rollback',
    ...(sample.approval === true ? { approval: {} } : {}),
    ...(sample.canary === undefined ? {} : { strategy: { canary: sample.canary } }),
  }),
  state: sample.state,
  plan: sample.state === 'pending' ? null : aPlan(),
  planDigest: sample.state === 'pending' ? null : 'digest',
  planRequestedAt: at(-10),
  baseReleaseId: sample.base === undefined ? 'base' : sample.base,
  startedAt: at(-5),
  progressAt: sample.progressAt ?? at(120),
  totalAt: sample.totalAt ?? at(900),
  heldAt: sample.heldAt ?? null,
  triesFirst: sample.canary !== undefined,
  ...trialPart(sample),
  window: sample.window ?? alwaysOpen,
  verifiedReleaseId: sample.base === undefined ? 'base' : sample.base,
  approvals: sample.approvals ?? 0,
  fresh: sample.fresh ?? null,
  gates: sample.gates ?? [],
  notes: [],
  targets: sample.targets ?? [aTarget({ state: 'pending' })],
})

export const anObservation = (stages: readonly StageObservation[], state?: RolloutState): Observation => ({
  rollout: {
    id: 'rollout',
    number: 2,
    kind: 'deploy',
    state: state ?? (stages.some((stage) => stage.state === 'awaiting_approval') ? 'waiting' : 'running'),
    paused: false,
    releaseId: 'release',
    releaseNumber: 2,
    applicationId: 'a',
    application: 'web',
    projectId: 'p',
    requesterId: 'u',
    confirmedPrune: false,
  },
  stages,
})

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

const targets = fc
  .record({
    state: fc.constantFrom(...keysOf(targetStates)),
    applied: fc.constantFrom(undefined, 'release', 'base'),
    live: lives,
    refused: fc.constantFrom(null, null, 'denied'),
    earlySince: fc.constantFrom({}, { one: at(-60).toISOString() }),
    splits: fc.constantFrom([], [aSplit(10, 1)]),
  })
  .map(({ state, applied, ...rest }): TargetObservation => ({
    ...aTarget({ state, ...(applied === undefined ? {} : { applied }) }),
    ...rest,
  }))

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
  })
  .map(({ planRequestedAt, fresh, heldAt, canary, ...sample }) => ({
    ...aStage({ ...sample, ...(canary === undefined ? {} : { canary }) }),
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
