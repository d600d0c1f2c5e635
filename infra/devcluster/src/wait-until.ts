import { setTimeout as sleep } from 'node:timers/promises'
import { DevclusterError } from './devcluster-error'

export interface WaitOptions {
  readonly what: string
  readonly timeoutMs: number
  readonly everyMs?: number
  readonly signal?: AbortSignal | undefined
}

/** Polls until `probe` gives a value; a probe that throws a DevclusterError ends the wait, other errors mean "not yet". */
export async function waitUntil<T>(probe: () => Promise<T | undefined>, options: WaitOptions): Promise<T> {
  const deadline = Date.now() + options.timeoutMs
  let reason = ''
  for (;;) {
    if (options.signal?.aborted)
      throw new DevclusterError('ABORTED', `stopped while waiting for ${options.what}`)
    try {
      const value = await probe()
      if (value !== undefined) return value
    } catch (error) {
      if (error instanceof DevclusterError && error.code !== 'API_REFUSED') throw error
      reason = error instanceof Error ? `: ${error.message}` : ''
    }
    if (Date.now() > deadline) {
      throw new DevclusterError(
        'TIMEOUT',
        `${options.what} didn't come within ${options.timeoutMs / 1000} s${reason}`,
      )
    }
    await sleep(options.everyMs ?? 100)
  }
}
