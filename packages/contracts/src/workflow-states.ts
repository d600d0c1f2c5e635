import type { Tone } from './freshness'
import type { Permission } from './permissions'

interface StateRow {
  readonly word: string
  readonly tone: Tone
  readonly terminal: boolean
  readonly next: readonly string[]
}

export const runStates = {
  queued: { word: 'Queued', tone: 'waiting', terminal: false, next: ['running', 'cancelling', 'cancelled'] },
  running: {
    word: 'Running',
    tone: 'progress',
    terminal: false,
    next: ['succeeded', 'succeeded_with_failures', 'failed', 'cancelling'],
  },
  cancelling: { word: 'Cancelling', tone: 'waiting', terminal: false, next: ['cancelled'] },
  /** Over; clear queues it again. */
  succeeded: { word: 'Succeeded', tone: 'ok', terminal: true, next: ['queued'] },
  /** Every leaf is fine, but something on the way failed: Airflow would hide it. */
  succeeded_with_failures: {
    word: 'Succeeded with failures',
    tone: 'waiting',
    terminal: true,
    next: ['queued'],
  },
  failed: { word: 'Failed', tone: 'failing', terminal: true, next: ['queued'] },
  cancelled: { word: 'Cancelled', tone: 'neutral', terminal: true, next: ['queued'] },
} as const satisfies Record<string, StateRow>
export type RunState = keyof typeof runStates

const ends = ['failed', 'skipped', 'upstream_failed', 'cancelled'] as const

/** One task of a run, or one index of a fan-out. A terminal task is left by `clear` alone. */
export const taskStates = {
  waiting: { word: 'Waiting', tone: 'neutral', terminal: false, next: ['ready', ...ends] },
  ready: {
    word: 'Ready',
    tone: 'waiting',
    terminal: false,
    next: ['running', 'retrying', 'deferred', 'awaiting_approval', 'expanded', 'succeeded', ...ends],
  },
  running: {
    word: 'Running',
    tone: 'progress',
    terminal: false,
    next: ['succeeded', 'failed', 'retrying', 'cancelled'],
  },
  retrying: { word: 'Waiting to retry', tone: 'waiting', terminal: false, next: ['ready', 'cancelled'] },
  deferred: {
    word: 'Waiting for an event',
    tone: 'waiting',
    terminal: false,
    next: ['succeeded', 'failed', 'cancelled'],
  },
  awaiting_approval: {
    word: 'Awaiting approval',
    tone: 'waiting',
    terminal: false,
    next: ['succeeded', 'failed', 'cancelled'],
  },
  /** A fan-out whose indexes run. */
  expanded: {
    word: 'Running',
    tone: 'progress',
    terminal: false,
    next: ['succeeded', 'failed', 'skipped', 'cancelled'],
  },
  succeeded: { word: 'Succeeded', tone: 'ok', terminal: true, next: ['waiting'] },
  failed: { word: 'Failed', tone: 'failing', terminal: true, next: ['waiting'] },
  upstream_failed: { word: 'Upstream failed', tone: 'failing', terminal: true, next: ['waiting'] },
  skipped: { word: 'Skipped', tone: 'neutral', terminal: true, next: ['waiting'] },
  cancelled: { word: 'Cancelled', tone: 'neutral', terminal: true, next: ['waiting'] },
} as const satisfies Record<string, StateRow>
export type TaskState = keyof typeof taskStates

/** `intended` is committed before anything is created; terminal ones are absorbing. */
export const attemptStates = {
  intended: {
    word: 'Being created',
    tone: 'progress',
    terminal: false,
    next: ['accepted', 'running', 'stopping', 'succeeded', 'failed', 'lost', 'cancelled'],
  },
  accepted: {
    word: 'Created',
    tone: 'progress',
    terminal: false,
    next: ['running', 'stopping', 'succeeded', 'failed', 'lost', 'cancelled'],
  },
  running: {
    word: 'Running',
    tone: 'progress',
    terminal: false,
    next: ['stopping', 'succeeded', 'failed', 'lost', 'cancelled'],
  },
  /** Given up by us; live until the runner says that nothing of it runs. */
  stopping: {
    word: 'Stopping',
    tone: 'waiting',
    terminal: false,
    next: ['succeeded', 'failed', 'lost', 'cancelled'],
  },
  succeeded: { word: 'Succeeded', tone: 'ok', terminal: true, next: [] },
  failed: { word: 'Failed', tone: 'failing', terminal: true, next: [] },
  /** It vanished unseen; what it did is not known. */
  lost: { word: 'Lost', tone: 'failing', terminal: true, next: [] },
  cancelled: { word: 'Cancelled', tone: 'neutral', terminal: true, next: [] },
} as const satisfies Record<string, StateRow>
export type AttemptState = keyof typeof attemptStates

const open = <S extends string>(states: Readonly<Record<S, StateRow>>): readonly S[] =>
  (Object.keys(states) as S[]).filter((state) => !states[state].terminal)

/** What isn't over, for queries that look for it. */
export const openStates = {
  run: open(runStates),
  task: open(taskStates),
  attempt: open(attemptStates),
} as const

/** Airflow 3's names. */
export const triggerRules = [
  'all_success',
  'all_failed',
  'all_done',
  'all_done_min_one_success',
  'all_skipped',
  'one_success',
  'one_failed',
  'one_done',
  'none_failed',
  'none_failed_min_one_success',
  'none_skipped',
  'always',
  'all_done_setup_success',
] as const
export type TriggerRule = (typeof triggerRules)[number]

export const runTriggers = {
  manual: 'By hand',
  schedule: 'Schedule',
  backfill: 'Backfill',
  workflow: 'Another workflow',
  rollout: 'A rollout',
} as const
export type RunTrigger = keyof typeof runTriggers

/** What a person can do to a run: buttons, CLI verbs and guards all read this table. */
export const runActions = {
  cancel: { word: 'Cancel', permission: 'run.operate', from: ['queued', 'running', 'cancelling'] },
  clear: {
    word: 'Clear and re-run',
    permission: 'run.operate',
    from: ['running', 'succeeded', 'succeeded_with_failures', 'failed', 'cancelled'],
  },
} as const satisfies Record<string, { word: string; permission: Permission; from: readonly RunState[] }>
export type RunAction = keyof typeof runActions
