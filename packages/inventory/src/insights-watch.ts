import { setTimeout as sleep } from 'node:timers/promises'
import type { EksInsights } from '@fairlead/contracts/eks-insights'
import { writeInsights } from './eks-insights'
import type { FactsDeps } from './facts-watch'
import { FencedError } from './lease'

/** EKS looks once a day; what it would not answer is asked again sooner, so that a right that was given shows. */
const [everyMs, afterFailureMs] = [60 * 60_000, 10 * 60_000] as const
/** After the lists, which matter more. */
const firstAfterMs = 5_000

/** AWS can't be told to stop: null for an answer that nobody waits for any more. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  let stop = (): void => undefined
  const aborted = new Promise<null>((resolve) => (stop = () => resolve(null)))
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', stop))
}

/** Keeps what EKS says of a cluster's upgrades until `signal` aborts; never rejects. `ask` null: it is none of EKS. */
export async function watchInsights(
  ask: (() => Promise<EksInsights>) | null,
  { db, lease, clock, onFenced, onError }: FactsDeps,
  signal: AbortSignal,
): Promise<void> {
  const rest = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined)
  await rest(firstAfterMs)
  while (!signal.aborted) {
    let pause: number = afterFailureMs
    try {
      const answer = ask === null ? null : await unlessAborted(ask(), signal)
      if (signal.aborted) return
      await writeInsights({ db, lease, now: clock() }, answer)
      if (ask === null) return
      if (answer?.insights.state === 'read') pause = everyMs
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof FencedError) onFenced()
      else onError(error)
    }
    await rest(pause)
  }
}
