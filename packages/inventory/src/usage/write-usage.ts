import { appendChanges } from '@fairlead/db/changes'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb, InventoryTx } from '@fairlead/db/views'
import type { UsageReading } from '@fairlead/kube/usage'
import { assertLease, type Lease } from '../lease'
import { sqlJson } from '../sql-json'
import { foldedDays, keptSince, storeDays } from './digests'
import { samplesIn, type SeenSample } from './samples'

/** A node or pod that was not measured for so long is not shown with its last figure any more. */
const sampleKeptMs = 60 * 60_000

interface Written {
  readonly db: InventoryDb
  readonly lease: Lease
  readonly now: Date
}

/** Those that are newer than what is stored: a metrics API gives the same window again until the next is over. */
async function newOnes(
  db: Pick<InventoryDb, '$queryRaw'>,
  clusterId: string,
  samples: readonly SeenSample[],
): Promise<readonly SeenSample[]> {
  const stored = await db.$queryRaw<{ kind: string; namespace: string; name: string; at: Date }[]>(Prisma.sql`
    SELECT kind, namespace, name, at FROM usage_samples WHERE "clusterId" = ${clusterId}::uuid`)
  const known = new Map(stored.map(({ kind, namespace, name, at }) => [`${kind} ${namespace}/${name}`, at]))
  return samples.filter(({ kind, namespace, name, at }) => {
    const before = known.get(`${kind} ${namespace}/${name}`)
    return before === undefined || before.getTime() < Date.parse(at)
  })
}

async function storeSamples(tx: InventoryTx, lease: Lease, samples: readonly SeenSample[]): Promise<void> {
  if (samples.length === 0) return
  const rows = samples.map(({ containers: _, ...sample }) => sample)
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO usage_samples ("clusterId", kind, namespace, name, at, "windowSeconds", "cpuMillis", "memoryBytes")
    SELECT DISTINCT ON (kind, namespace, name) ${lease.clusterId}::uuid, kind, namespace, name, at, "windowSeconds",
      "cpuMillis", "memoryBytes"
    FROM jsonb_to_recordset(${sqlJson(rows)}::jsonb) AS t(kind text, namespace text, name text, at timestamptz,
      "windowSeconds" float8, "cpuMillis" float8, "memoryBytes" float8)
    ORDER BY kind, namespace, name, at DESC
    ON CONFLICT ("clusterId", kind, namespace, name) DO UPDATE SET at = excluded.at,
      "windowSeconds" = excluded."windowSeconds", "cpuMillis" = excluded."cpuMillis",
      "memoryBytes" = excluded."memoryBytes"`)
}

/**
 * Under the lease's epoch: whether the cluster says what is used, the newest sample of each node and pod, and what they
 * add to the digests of their workloads. One lease has one writer, so what is read before is what is written upon.
 * Resolves with the number of pods that had a new sample. Throws FencedError.
 */
export async function writeUsage({ db, lease, now }: Written, reading: UsageReading): Promise<number> {
  const read = reading.state === 'read' ? samplesIn(reading, now) : []
  const samples = await newOnes(db, lease.clusterId, read)
  const ofPods = samples.filter(({ kind }) => kind === 'Pod')
  const days = await foldedDays(db, lease.clusterId, ofPods)
  const words = reading.state === 'read' ? '' : reading.words
  await db.$transaction(async (tx) => {
    await assertLease(tx, lease)
    await tx.$executeRaw(Prisma.sql`
      INSERT INTO cluster_usage ("clusterId", state, words, at)
      VALUES (${lease.clusterId}::uuid, ${reading.state}, ${words}, ${now})
      ON CONFLICT ("clusterId") DO UPDATE SET state = excluded.state, words = excluded.words, at = excluded.at`)
    await storeSamples(tx, lease, samples)
    await storeDays(tx, lease, days)
    await appendChanges(tx, [{ topic: 'cluster', key: lease.clusterId, clusterId: lease.clusterId }])
  })
  return ofPods.length
}

/** Drops what is older than what is shown of it. */
export async function pruneUsage(db: Pick<InventoryDb, '$executeRaw'>, now: Date): Promise<number> {
  const before = new Date(now.getTime() - sampleKeptMs)
  const samples = await db.$executeRaw(Prisma.sql`DELETE FROM usage_samples WHERE at < ${before}`)
  const firstDay = keptSince(now).toISOString().slice(0, 10)
  const days = await db.$executeRaw(Prisma.sql`DELETE FROM usage_digests WHERE day < ${firstDay}::date`)
  return samples + days
}
