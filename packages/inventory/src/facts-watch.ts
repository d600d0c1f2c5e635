import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterFacts } from '@fairlead/contracts/cluster-facts'
import type { Clock } from '@fairlead/contracts/decision'
import { appendChanges } from '@fairlead/db/changes'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { complexityOf } from '@fairlead/insight/complexity/audit'
import { readClusterFacts } from '@fairlead/kube/cluster-facts'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { complexityInput } from './complexity-input'
import { assertLease, FencedError, type Lease } from './lease'
import { judgeReadiness } from './readiness-findings'
import { sqlJson } from './sql-json'

export interface FactsDeps {
  readonly db: InventoryDb
  readonly lease: Lease
  readonly clock: Clock
  readonly onFenced: () => void
  readonly onError: (error: unknown) => void
}

/** Workloads are judged this often, from what is stored of them. */
const everyMs = 15_000
/** Slow things change slowly, and a cluster is asked a dozen lists: at every eighth turn. */
const factsEvery = 8
/** The first look waits for the first lists, which it counts on. */
const firstAfterMs = 5_000

/** One transaction under the lease's epoch: what was read, and today's weight. Throws FencedError. */
export async function writeFacts(
  { db, lease, clock }: Pick<FactsDeps, 'db' | 'lease' | 'clock'>,
  facts: ClusterFacts,
): Promise<void> {
  const now = clock()
  const { score } = complexityOf(await complexityInput(db, { id: lease.clusterId, facts, now }))
  await db.$transaction(async (tx) => {
    await assertLease(tx, lease)
    await tx.$executeRaw(Prisma.sql`
      INSERT INTO cluster_facts ("clusterId", at, facts)
      VALUES (${lease.clusterId}::uuid, ${now}, ${sqlJson(facts)}::jsonb)
      ON CONFLICT ("clusterId") DO UPDATE SET at = excluded.at, facts = excluded.facts`)
    await tx.$executeRaw(Prisma.sql`
      INSERT INTO complexity_samples ("clusterId", day, score)
      VALUES (${lease.clusterId}::uuid, (${now}::timestamptz AT TIME ZONE 'UTC')::date, ${score})
      ON CONFLICT ("clusterId", day) DO UPDATE SET score = excluded.score`)
    await appendChanges(tx, [{ topic: 'cluster', key: lease.clusterId, clusterId: lease.clusterId }])
  })
}

/** Reads a cluster's facts and judges its workloads until `signal` aborts; never rejects. */
export async function watchFacts(client: KubeClient, deps: FactsDeps, signal: AbortSignal): Promise<void> {
  const rest = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined)
  let findings = ''
  await rest(firstAfterMs)
  for (let turn = 0; !signal.aborted; turn++) {
    try {
      // While the API server is away every question would fail, and what was known is better than that.
      if (turn % factsEvery === 0 && !client.pulse.failing)
        await writeFacts(deps, await readClusterFacts(client, signal))
      findings = await judgeReadiness(deps.db, deps.lease, findings)
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof FencedError) deps.onFenced()
      else deps.onError(error)
    }
    await rest(everyMs)
  }
}
