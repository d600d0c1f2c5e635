import type { TriggerRule } from '@fairlead/contracts/workflow-states'

/** How one direct upstream, or one index of it, ended. */
export interface Ending {
  readonly outcome: 'S' | 'F' | 'U' | 'K'
  readonly setup: boolean
}
export type Verdict = 'run' | 'skipped' | 'upstream_failed'

type Some = readonly Ending[]
const has = (some: Some, ...which: string[]): boolean => some.some(({ outcome }) => which.includes(outcome))
const only = (some: Some, ...which: string[]): boolean => some.every(({ outcome }) => which.includes(outcome))

/** The table of the trigger rules, once more and independently: what is decided when `seen` of `all` have ended. */
function judge(rule: TriggerRule, seen: Some, done: boolean): Verdict | null {
  const bad = has(seen, 'F', 'U')
  const skipped = has(seen, 'K')
  const whenDone = (verdict: Verdict): Verdict | null => (done ? verdict : null)
  switch (rule) {
    case 'all_success':
      return bad ? 'upstream_failed' : skipped ? 'skipped' : whenDone('run')
    case 'all_failed':
      return has(seen, 'S', 'K') ? 'skipped' : whenDone('run')
    case 'all_done':
      return whenDone('run')
    case 'all_done_min_one_success':
      return skipped ? 'skipped' : whenDone(has(seen, 'S') ? 'run' : 'upstream_failed')
    case 'all_skipped':
      return has(seen, 'S', 'F', 'U') ? 'skipped' : whenDone('run')
    case 'one_success':
      return has(seen, 'S') ? 'run' : whenDone(only(seen, 'K') ? 'skipped' : 'upstream_failed')
    case 'one_failed':
      return bad ? 'run' : whenDone('skipped')
    case 'one_done':
      return has(seen, 'S', 'F') ? 'run' : whenDone('skipped')
    case 'none_failed':
      return bad ? 'upstream_failed' : whenDone('run')
    case 'none_failed_min_one_success':
      return bad ? 'upstream_failed' : whenDone(has(seen, 'S') ? 'run' : 'skipped')
    case 'none_skipped':
      return skipped ? 'skipped' : whenDone('run')
    case 'always':
      return 'run'
    case 'all_done_setup_success': {
      const setups = seen.filter(({ setup }) => setup)
      if (!done || setups.length === 0) return whenDone('run')
      return only(setups, 'K') ? 'skipped' : has(setups, 'S') ? 'run' : 'upstream_failed'
    }
  }
}

/** Every verdict that some order of these endings allows; eager rules may allow several. */
export function verdictsOf(rule: TriggerRule, all: Some): ReadonlySet<Verdict> {
  if (all.length === 0) return new Set(['run'])
  const found = new Set<Verdict>()
  for (let bits = 0; bits < 2 ** all.length; bits++) {
    const seen = all.filter((_, at) => (bits & (1 << at)) !== 0)
    const verdict = judge(rule, seen, seen.length === all.length)
    if (verdict !== null) found.add(verdict)
  }
  return found
}
