import type { TriggerRule } from '@fairlead/contracts/workflow-states'

/** How a task's direct upstreams stand. Each index of a fan-out is one; what was cancelled counts as failed. */
export interface UpstreamCounts {
  readonly needs: number
  readonly succeeded: number
  readonly failed: number
  readonly upstreamFailed: number
  readonly skipped: number
  /** Of the upstreams that are setups. */
  readonly setups: { readonly total: number; readonly succeeded: number; readonly skipped: number }
}

export type RuleVerdict =
  | { readonly kind: 'run'; readonly reason: string }
  | { readonly kind: 'settle'; readonly state: 'skipped' | 'upstream_failed'; readonly reason: string }
  | { readonly kind: 'wait'; readonly reason: string }

/**
 * Airflow 3's trigger rules (ti_deps/deps/trigger_rule_dep.py), to the letter: "eager" ones settle on the first
 * upstream that decides, so what settles later can't change it. Without upstreams every rule passes.
 */
export function judgeRule(rule: TriggerRule, counts: UpstreamCounts): RuleVerdict {
  if (counts.needs === 0) return run('It needs nothing.')
  return judges[rule](standing(counts))
}

interface Standing extends UpstreamCounts {
  /** Failed or upstream failed. */
  readonly bad: number
  readonly done: boolean
  readonly open: number
}

function standing(counts: UpstreamCounts): Standing {
  const bad = counts.failed + counts.upstreamFailed
  const open = counts.needs - counts.succeeded - counts.skipped - bad
  return { ...counts, bad, open, done: open <= 0 }
}

const run = (reason: string): RuleVerdict => ({ kind: 'run', reason })
const skip = (reason: string): RuleVerdict => ({ kind: 'settle', state: 'skipped', reason })
const upstreamFailed = (reason: string): RuleVerdict => ({ kind: 'settle', state: 'upstream_failed', reason })
const wait = ({ open }: Standing): RuleVerdict => ({
  kind: 'wait',
  reason: `${open} upstream ${open === 1 ? 'task is' : 'tasks are'} not finished.`,
})

const failedWords = ({ bad }: Standing): string => `${bad} upstream ${bad === 1 ? 'task' : 'tasks'} failed.`
const skippedWords = ({ skipped }: Standing): string =>
  `${skipped} upstream ${skipped === 1 ? 'task was' : 'tasks were'} skipped.`
const succeededWords = ({ succeeded }: Standing): string =>
  `${succeeded} upstream ${succeeded === 1 ? 'task' : 'tasks'} succeeded.`

const judges: Readonly<Record<TriggerRule, (s: Standing) => RuleVerdict>> = {
  all_success: (s) => {
    if (s.bad > 0) return upstreamFailed(failedWords(s))
    if (s.skipped > 0) return skip(skippedWords(s))
    return s.done ? run('All upstream tasks succeeded.') : wait(s)
  },
  all_failed: (s) => {
    if (s.succeeded > 0) return skip(succeededWords(s))
    if (s.skipped > 0) return skip(skippedWords(s))
    return s.done ? run('All upstream tasks failed.') : wait(s)
  },
  all_done: (s) => (s.done ? run('All upstream tasks are finished.') : wait(s)),
  all_done_min_one_success: (s) => {
    if (s.skipped > 0) return skip(skippedWords(s))
    if (!s.done) return wait(s)
    return s.succeeded > 0
      ? run('All upstream tasks are finished, one succeeded.')
      : upstreamFailed('None of the upstream tasks succeeded.')
  },
  all_skipped: (s) => {
    if (s.succeeded > 0) return skip(succeededWords(s))
    if (s.bad > 0) return skip(failedWords(s))
    return s.done ? run('All upstream tasks were skipped.') : wait(s)
  },
  one_success: (s) => {
    if (s.succeeded > 0) return run(succeededWords(s))
    if (!s.done) return wait(s)
    return s.bad === 0
      ? skip('All upstream tasks were skipped.')
      : upstreamFailed('None of the upstream tasks succeeded.')
  },
  one_failed: (s) => {
    if (s.bad > 0) return run(failedWords(s))
    return s.done ? skip('None of the upstream tasks failed.') : wait(s)
  },
  one_done: (s) => {
    if (s.succeeded + s.failed > 0) return run('An upstream task ran to its end.')
    return s.done ? skip('None of the upstream tasks ran.') : wait(s)
  },
  none_failed: (s) => {
    if (s.bad > 0) return upstreamFailed(failedWords(s))
    return s.done ? run('None of the upstream tasks failed.') : wait(s)
  },
  none_failed_min_one_success: (s) => {
    if (s.bad > 0) return upstreamFailed(failedWords(s))
    if (!s.done) return wait(s)
    return s.succeeded > 0
      ? run('None of the upstream tasks failed, one succeeded.')
      : skip('All upstream tasks were skipped.')
  },
  none_skipped: (s) => {
    if (s.skipped > 0) return skip(skippedWords(s))
    return s.done ? run('None of the upstream tasks was skipped.') : wait(s)
  },
  always: () => run('It runs whatever its upstream tasks do.'),
  all_done_setup_success: (s) => {
    if (!s.done) return wait(s)
    const { total, succeeded, skipped } = s.setups
    if (total > 0 && skipped >= total) return skip('Its setup was skipped.')
    if (total > 0 && succeeded === 0) return upstreamFailed('Its setup did not succeed.')
    return run('All upstream tasks are finished.')
  },
}
