import { setTimeout as sleep } from 'node:timers/promises'
import { FairleadError, messageOf } from '@fairlead/contracts/errors'
import type { KubeClient } from './kube-client'
import { KubeStatusError } from './kube-error'

export interface HeartbeatOptions {
  /** Default 2500. */
  readonly everyMs?: number
  /** Default 3000. */
  readonly timeoutMs?: number
  readonly signal: AbortSignal
  /** The API server answered, `ready` or not. */
  readonly onBeat?: (beat: { at: Date; latencyMs: number; ready: boolean }) => void
  readonly onFail?: (error: FairleadError, at: Date) => void
}

/** While it does not answer it is asked more often, so that its return is seen within a second. */
const failingEveryMs = 1_000

/** True = ready, false = answers but is not; throws when there is no answer or the credential is refused. */
async function ask(client: KubeClient, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  try {
    await client.request({ path: '/readyz', timeoutMs, signal, maxBytes: 64 * 1024 })
    return true
  } catch (error) {
    const answered = error instanceof KubeStatusError && ![401, 502, 504].includes(error.status)
    if (!answered) throw error
    // 403: /readyz is not open to this user, but somebody who decides about rights is there.
    return error.status === 403 || error.status === 404
  }
}

/** Asks `/readyz` for ever and tells `client.pulse`, so that the watches of this client notice. Resolves on abort. */
export async function heartbeat(client: KubeClient, options: HeartbeatOptions): Promise<void> {
  const { everyMs = 2_500, timeoutMs = 3_000, signal } = options
  while (!signal.aborted) {
    const startedAt = Date.now()
    try {
      const ready = await ask(client, timeoutMs, signal)
      const at = new Date()
      client.pulse.beat(at)
      options.onBeat?.({ at, latencyMs: at.getTime() - startedAt, ready })
    } catch (error) {
      if (signal.aborted) return
      const failure = error instanceof FairleadError ? error : new FairleadError('internal', messageOf(error))
      client.pulse.fail(failure)
      options.onFail?.(failure, new Date())
    }
    const pause = client.pulse.failing ? Math.min(failingEveryMs, everyMs) : everyMs
    const rest = Math.max(100, startedAt + pause - Date.now())
    await sleep(rest, undefined, { signal }).catch(() => undefined)
  }
}
