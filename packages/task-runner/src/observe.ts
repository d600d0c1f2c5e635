import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf } from '@fairlead/contracts/errors'
import { createSession, type ObserveDeps } from './session'

const [firstRetryMs, lastRetryMs] = [500, 3_000] as const

/** Follows one cluster until `signal` aborts; never rejects. Every connection begins with a full list. */
export async function follow(deps: ObserveDeps, signal: AbortSignal): Promise<void> {
  let retryMs: number = firstRetryMs
  let told = false
  while (!signal.aborted) {
    const startedAt = Date.now()
    try {
      await createSession(deps, await deps.access.freshClientOf(deps.cluster), signal).run()
      told = false
    } catch (error) {
      if (signal.aborted) return
      if (!told) deps.outbox.push({ kind: 'unreachable', reason: messageOf(error), at: deps.clock() })
      told = true
    }
    if (Date.now() - startedAt > lastRetryMs) retryMs = firstRetryMs
    await pause(retryMs, signal)
    retryMs = Math.min(retryMs * 2, lastRetryMs)
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined)
