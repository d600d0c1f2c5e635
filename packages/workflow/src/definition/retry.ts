import { failureCauses, type FailureCause } from '@fairlead/contracts/task-runner'
import type { RetryBudget, RetryPolicy } from './compiled'
import { nextMemory } from './memory'

export interface FailedAttempt {
  readonly policy: RetryPolicy
  /** Retries that each budget has already paid for, since the task was last cleared. */
  readonly tried: Readonly<Partial<Record<RetryBudget, number>>>
  readonly cause: FailureCause
  /** Memory limit, else request, of the attempt that failed; null: none was set. */
  readonly memory: string | null
  /** In [0, 1). */
  readonly random: () => number
}

export type RetryDecision =
  | {
      readonly retry: true
      readonly budget: RetryBudget
      readonly delayMs: number
      /** Memory of the next attempt; null: as it was. */
      readonly memory: string | null
      readonly reason: string
    }
  | { readonly retry: false; readonly reason: string }

/** Grows with the tries of one budget alone: ten disruptions don't slow down the retry of an exit code. */
function delay(policy: RetryPolicy, tried: number, random: () => number): number {
  const full = Math.min(policy.maxMs, policy.initialMs * policy.factor ** tried)
  return Math.round(policy.jitter ? full * (0.5 + random() / 2) : full)
}

export function retryDecision({ policy, tried, cause, memory, random }: FailedAttempt): RetryDecision {
  const { budget } = failureCauses[cause]
  if (budget === null) return { retry: false, reason: 'Trying again can’t help' }
  const spent = tried[budget] ?? 0
  const allowed = policy.budgetOf[budget]
  if (spent >= allowed)
    return {
      retry: false,
      reason: allowed === 0 ? 'No retries are allowed' : `All ${allowed} retries for this cause are used up`,
    }
  const more = cause === 'oom' && policy.oomMemory !== null ? nextMemory(memory, policy.oomMemory) : null
  const step = `Retry ${spent + 1} of ${allowed}`
  return {
    retry: true,
    budget,
    delayMs: delay(policy, spent, random),
    memory: more,
    reason: more === null ? step : `${step}, with ${more} of memory`,
  }
}
