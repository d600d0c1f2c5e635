import type { Clock, Outcome, Reconcile } from '@fairlead/contracts/decision'
import { runStates } from '@fairlead/contracts/workflow-states'
import { actOn } from './act'
import { cancelChildren } from './cancel-children'
import type { EngineDeps } from './engine-deps'
import { observeRun } from './observe'
import { planRun } from './plan'
import { recordActs } from './record-acts'
import { recordPlan } from './record'
import { startFreshMs } from './start-claim'
import { startChildren } from './start-children'
import { after } from './times'

/** Steps that one pass takes at most, before other runs get their turn. */
const maxSteps = 20

/**
 * The one function behind a new run, a finished container, an approval, a crash and the clock. Its key is a run id:
 * observe → plan (pure) → record what is intended → act → record what the runner said.
 */
export function runReconciler(deps: EngineDeps): Reconcile<string> {
  return async (runId, startedAt) => {
    const started = performance.now()
    const clock = (): Date => after(startedAt, Math.round(performance.now() - started))
    for (let step = 0; step < maxSteps; step++) {
      const outcome = await oneStep(deps, runId, clock)
      if (outcome !== 'again') return outcome
    }
    return { checkAt: clock(), reason: 'Others had their turn.' }
  }
}

export async function oneStep(deps: EngineDeps, runId: string, clock: Clock): Promise<Outcome | 'again'> {
  const now = clock()
  const seen = await observeRun(deps, runId, now)
  if (seen === null) return { settled: true }
  await deps.onStep?.('observed')
  const plan = planRun(seen, now)
  const { state, checkAt } = seen.run
  // An attempt that outlives its run moves the time at which somebody must look again.
  const due = checkAt !== null && checkAt <= now
  if (plan.next === 'settled' && runStates[state].terminal && !due) return { settled: true }
  if (state === 'cancelling') {
    await cancelChildren(deps, seen, now)
    await deps.onStep?.('children cancelled')
  }
  const recorded = await recordPlan(deps, seen, plan, now)
  await deps.onStep?.('recorded')
  if (recorded.kind === 'lost') return 'again'
  await deps.ring(recorded.bells)
  await deps.onStep?.('rung')
  const acts = {
    run: seen.run,
    workflow: seen.workflowName,
    project: seen.compiled.project,
    starts: recorded.starts,
    stops: plan.stops,
    mayStart: () => clock().getTime() - now.getTime() < startFreshMs,
  }
  const results = await actOn(deps, acts)
  await deps.onStep?.('answered')
  await recordActs(deps, results, clock())
  await deps.onStep?.('acted')
  if (plan.children.length > 0) await startChildren(deps, seen, plan.children, now)
  await deps.onStep?.('ended')
  if (recorded.again || plan.children.length > 0 || results.some(isNews)) return 'again'
  return recorded.checkAt === null ? { settled: true } : { checkAt: recorded.checkAt, reason: plan.reason }
}

/** An answer that the plan must look at: refused for good, or gone. */
const isNews = (result: Awaited<ReturnType<typeof actOn>>[number]): boolean =>
  result.kind === 'start'
    ? result.result.kind === 'rejected' && result.result.permanence === 'permanent'
    : result.result.kind === 'gone'
