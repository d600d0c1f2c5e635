import { setTimeout as sleep } from 'node:timers/promises'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { readUsage } from '@fairlead/kube/usage'
import type { FactsDeps } from './facts-watch'
import { FencedError } from './lease'
import { judgeUsage } from './usage/judge-usage'
import { writeUsage } from './usage/write-usage'

/** metrics-server measures every fifteen seconds to a minute; a request is judged by days, so a minute will do. */
const everyMs = 60_000
/** What a day's samples say changes slowly: judged at every fifth turn. */
const judgedEvery = 5
/** The first look waits for the first lists, whose workloads the samples belong to. */
const firstAfterMs = 5_000

/** Samples what pods and nodes use until `signal` aborts; never rejects. */
export async function watchUsage(client: KubeClient, deps: FactsDeps, signal: AbortSignal): Promise<void> {
  const { db, lease, clock } = deps
  const rest = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined)
  let findings = ''
  await rest(firstAfterMs)
  for (let turn = 0; !signal.aborted; turn++) {
    try {
      // While the API server is away the question would fail, and what was known is better than that.
      if (!client.pulse.failing) {
        const reading = await readUsage(client, signal)
        await writeUsage({ db, lease, now: clock() }, reading)
      }
      if (turn % judgedEvery === 0)
        findings = await judgeUsage(db, lease, { now: clock(), written: findings })
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof FencedError) deps.onFenced()
      else deps.onError(error)
    }
    await rest(everyMs)
  }
}
