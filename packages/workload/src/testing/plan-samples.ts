import { stageSchema } from '@fairlead/contracts/application'
import { alwaysOpen, type FreezeAnswer } from '@fairlead/contracts/freeze-gate'
import type { StagePlan } from '@fairlead/contracts/rollout'
import type { RolloutState, StageState, TargetState } from '@fairlead/contracts/rollout-states'
import type { VerdictState } from '@fairlead/contracts/verdict'
import type { wavesSchema } from '@fairlead/contracts/waves'
import type { z } from 'zod'
import type { GateObservation } from '../rollout/gates'
import type {
  FreshPlan,
  Observation,
  ObservedWorkload,
  StageObservation,
  TargetObservation,
} from '../rollout/observation'
import { at } from './sample-time'
import { trialPart, type TrialSample } from './trial-samples'

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
    upkeep: [],
  },
  marks: {},
  earlySince: {},
  refused: null,
  splits: [],
  trafficAt: 0,
  live:
    workloads === undefined ? null : { reachable: true, workloads, adrift: [], prunable: [], begun: true },
  wave: 0,
  startedAt: null,
  progressAt: null,
  convergedAt: null,
  unreachableAt: null,
  askAt: null,
  turn: null,
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
  readonly waves?: z.input<typeof wavesSchema>
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
    ...(sample.waves === undefined ? {} : { waves: sample.waves }),
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
