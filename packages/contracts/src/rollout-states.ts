import type { Permission } from './permissions'
import type { Tone } from './freshness'
import { runStates } from './workflow-states'

interface StateRow {
  readonly word: string
  readonly tone: Tone
  readonly terminal: boolean
  readonly next: readonly string[]
}

export const rolloutStates = {
  running: {
    word: 'Running',
    tone: 'progress',
    terminal: false,
    next: ['waiting', 'succeeded', 'rolled_back', 'failed', 'cancelled', 'superseded'],
  },
  waiting: {
    word: 'Waiting for approval',
    tone: 'waiting',
    terminal: false,
    next: ['running', 'rejected', 'cancelled', 'superseded', 'failed'],
  },
  succeeded: { word: 'Converged', tone: 'ok', terminal: true, next: [] },
  rolled_back: { word: 'Rolled back', tone: 'failing', terminal: true, next: [] },
  failed: { word: 'Failed', tone: 'failing', terminal: true, next: [] },
  cancelled: { word: 'Cancelled', tone: 'neutral', terminal: true, next: [] },
  rejected: { word: 'Rejected', tone: 'failing', terminal: true, next: [] },
  superseded: { word: 'Superseded', tone: 'neutral', terminal: true, next: [] },
} as const satisfies Record<string, StateRow>
export type RolloutState = keyof typeof rolloutStates

const ends = ['cancelled', 'superseded', 'failed'] as const

/** One stage of a rollout. `rolling_back` keeps its own deadline; a rollback is never rolled back. */
export const stageStates = {
  pending: {
    word: 'Not started',
    tone: 'neutral',
    terminal: false,
    next: ['planning', 'cancelled', 'superseded', 'skipped'],
  },
  planning: {
    word: 'Planning',
    tone: 'progress',
    terminal: false,
    next: [
      'awaiting_approval',
      'awaiting_window',
      'preparing',
      'trial',
      'applying',
      'verifying',
      'converged',
      ...ends,
    ],
  },
  awaiting_approval: {
    word: 'Awaiting approval',
    tone: 'waiting',
    terminal: false,
    next: ['planning', 'awaiting_window', 'preparing', 'trial', 'applying', 'rejected', ...ends],
  },
  /** Nothing keeps it back but a freeze window; nothing of it is applied yet. */
  awaiting_window: {
    word: 'Waiting for a window',
    tone: 'waiting',
    terminal: false,
    next: ['planning', 'preparing', 'trial', 'applying', ...ends],
  },
  /** Its `before` workflows run; nothing of it is applied yet. */
  preparing: {
    word: 'Preparing',
    tone: 'progress',
    terminal: false,
    next: ['planning', 'awaiting_window', 'trial', 'applying', ...ends],
  },
  /** A part of the traffic tries the release in pods of its own; what runs stays as it is. */
  trial: {
    word: 'On trial',
    tone: 'progress',
    terminal: false,
    next: ['applying', 'awaiting_window', 'rolling_back', ...ends],
  },
  applying: {
    word: 'Applying',
    tone: 'progress',
    terminal: false,
    next: ['progressing', 'planning', 'awaiting_window', 'halted', 'rolling_back', ...ends],
  },
  progressing: {
    word: 'Progressing',
    tone: 'progress',
    terminal: false,
    next: ['verifying', 'converged', 'halted', 'rolling_back', ...ends],
  },
  /** Of a stage with waves: what was begun is seen to its end, nothing else is begun, and a person decides. */
  halted: { word: 'Halted', tone: 'failing', terminal: false, next: ['rolling_back', ...ends] },
  /** Its targets run the release, its `after` workflows still have to agree. */
  verifying: {
    word: 'Verifying',
    tone: 'progress',
    terminal: false,
    next: ['converged', 'rolling_back', ...ends],
  },
  rolling_back: { word: 'Rolling back', tone: 'failing', terminal: false, next: ['rolled_back', ...ends] },
  converged: { word: 'Converged', tone: 'ok', terminal: true, next: [] },
  rolled_back: { word: 'Rolled back', tone: 'failing', terminal: true, next: [] },
  failed: { word: 'Failed', tone: 'failing', terminal: true, next: [] },
  cancelled: { word: 'Cancelled', tone: 'neutral', terminal: true, next: [] },
  rejected: { word: 'Rejected', tone: 'failing', terminal: true, next: [] },
  superseded: { word: 'Superseded', tone: 'neutral', terminal: true, next: [] },
  skipped: { word: 'Not reached', tone: 'neutral', terminal: true, next: [] },
} as const satisfies Record<string, StateRow>
export type StageState = keyof typeof stageStates

/** One cluster and namespace of a stage. */
export const targetStates = {
  pending: {
    word: 'Not started',
    tone: 'neutral',
    terminal: false,
    next: ['trial', 'applied', 'converged', 'failed', 'rolling_back', 'cancelled'],
  },
  /** The release runs beside what is there, which nothing of it has touched. */
  trial: {
    word: 'On trial',
    tone: 'progress',
    terminal: false,
    next: ['applied', 'failed', 'rolling_back', 'cancelled'],
  },
  applied: {
    word: 'Applied',
    tone: 'progress',
    terminal: false,
    next: ['baking', 'converged', 'failed', 'rolling_back', 'cancelled'],
  },
  /** Runs the release and has to stay well for the bake time of its wave. */
  baking: {
    word: 'Baking',
    tone: 'progress',
    terminal: false,
    next: ['converged', 'failed', 'rolling_back', 'cancelled'],
  },
  rolling_back: {
    word: 'Rolling back',
    tone: 'failing',
    terminal: false,
    next: ['rolled_back', 'failed', 'cancelled'],
  },
  converged: { word: 'Converged', tone: 'ok', terminal: true, next: ['rolling_back'] },
  rolled_back: { word: 'Rolled back', tone: 'failing', terminal: true, next: [] },
  failed: { word: 'Failed', tone: 'failing', terminal: true, next: ['rolling_back'] },
  cancelled: { word: 'Cancelled', tone: 'neutral', terminal: true, next: [] },
} as const satisfies Record<string, StateRow>
export type TargetState = keyof typeof targetStates

/** One workflow of a stage: its run's state, and what there is without a run. */
export const gateStates = {
  not_started: { word: 'Not started', tone: 'neutral', terminal: false },
  /** The stage ended, or had nothing to apply, before it was its turn. */
  not_run: { word: 'Not run', tone: 'neutral', terminal: true },
  /** It could not be started. */
  refused: { word: 'Refused', tone: 'failing', terminal: true },
  ...runStates,
} as const satisfies Record<string, { word: string; tone: Tone; terminal: boolean }>
export type GateState = keyof typeof gateStates

/** What a person can do to a rollout: buttons, CLI verbs and guards all read this table. */
export const rolloutActions = {
  approve: { word: 'Approve', permission: 'rollout.approve', from: ['awaiting_approval'] },
  reject: { word: 'Reject', permission: 'rollout.approve', from: ['awaiting_approval'] },
  pause: {
    word: 'Pause',
    permission: 'rollout.operate',
    from: [
      'pending',
      'planning',
      'awaiting_approval',
      'awaiting_window',
      'preparing',
      'trial',
      'applying',
      'progressing',
      'verifying',
      'halted',
    ],
  },
  resume: {
    word: 'Resume',
    permission: 'rollout.operate',
    from: [
      'pending',
      'planning',
      'awaiting_approval',
      'awaiting_window',
      'preparing',
      'trial',
      'applying',
      'progressing',
      'verifying',
      'halted',
      'rolling_back',
    ],
  },
  promote: { word: 'Promote', permission: 'rollout.operate', from: ['trial'] },
  abort: { word: 'Abort', permission: 'rollout.operate', from: ['trial'] },
  cancel: {
    word: 'Cancel',
    permission: 'rollout.operate',
    from: [
      'pending',
      'planning',
      'awaiting_approval',
      'awaiting_window',
      'preparing',
      'trial',
      'applying',
      'progressing',
      'verifying',
      'halted',
      'rolling_back',
    ],
  },
  rollback: {
    word: 'Roll back',
    permission: 'rollout.create',
    from: ['applying', 'progressing', 'verifying', 'halted', 'converged'],
  },
  /** These two are of stages with waves alone. */
  halt: { word: 'Halt', permission: 'rollout.operate', from: ['applying', 'progressing'] },
  rollbackWaves: {
    word: 'Roll back waves',
    permission: 'rollout.create',
    from: ['applying', 'progressing', 'halted'],
  },
} as const satisfies Record<string, { word: string; permission: Permission; from: readonly StageState[] }>
export type RolloutAction = keyof typeof rolloutActions

export const isTerminal = {
  rollout: (state: RolloutState): boolean => rolloutStates[state].terminal,
  stage: (state: StageState): boolean => stageStates[state].terminal,
  target: (state: TargetState): boolean => targetStates[state].terminal,
}
