import type { Outcome, Reconcile } from '@fairlead/contracts/decision'
import { actOn, type ActDeps } from './act'
import { after } from './decision'
import { observeRollout } from './observe'
import { planRollout } from './plan'
import { recordDecision } from './record'
import { startGates } from './start-gates'
import { tellUpkeep } from './tell-upkeep'

/** Steps that one pass takes at most, before others get their turn. */
const maxSteps = 12
const unreachableRetryMs = 2_000

/** The one function behind a deploy, an approval, a change in a cluster, a crash and the clock. Its key is a rollout id. */
export function rolloutReconciler(deps: ActDeps): Reconcile<string> {
  return async (rolloutId, startedAt) => {
    const started = performance.now()
    let reason = ''
    for (let step = 0; step < maxSteps; step++) {
      const now = after(startedAt, performance.now() - started)
      const outcome = await oneStep(deps, rolloutId, now)
      if (outcome.kind === 'done') return outcome.outcome
      reason = outcome.reason
    }
    return { checkAt: after(startedAt, performance.now() - started), reason }
  }
}

type Step =
  { readonly kind: 'done'; readonly outcome: Outcome } | { readonly kind: 'again'; readonly reason: string }

async function oneStep(deps: ActDeps, rolloutId: string, now: Date): Promise<Step> {
  const observation = await observeRollout(deps, rolloutId, now)
  if (observation === null) return { kind: 'done', outcome: { settled: true } }
  if (await tellUpkeep(deps, observation, now))
    return { kind: 'again', reason: 'What a killed worker had done was told.' }
  const decision = planRollout(observation, now)
  const results = await actOn(deps, observation, decision.actions)
  const started = await startGates(deps, observation, decision.starts)
  const retry = results.find((result) => result.retry !== null)
  const written =
    retry === undefined
      ? decision
      : { ...decision, next: after(now, unreachableRetryMs), reason: retry.retry ?? '' }
  await deps.onStep?.('acted')
  const won = await recordDecision(deps.db, { observation, decision: written, results, started, now })
  await deps.onStep?.('recorded')
  if (!won) return { kind: 'again', reason: 'Someone else moved the rollout.' }
  if (written.next === 'again') return { kind: 'again', reason: written.reason }
  return {
    kind: 'done',
    outcome:
      written.next === 'settled' ? { settled: true } : { checkAt: written.next, reason: written.reason },
  }
}
