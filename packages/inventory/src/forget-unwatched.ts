import type { WatchedKind } from '@fairlead/contracts/kinds'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { ingest, maxBatch } from './ingest'
import { assertLease, type Lease } from './lease'
import { sqlJson } from './sql-json'
import type { WatchUnit } from './watch-unit'

interface Place {
  readonly lease: Lease
  readonly units: readonly WatchUnit[]
  /** The only ones that are watched; none = all. */
  readonly namespaces: readonly string[]
  readonly now: Date
}

/** Sources and objects of what was watched once and is no longer: nobody would ever say that they are gone. */
export async function forgetUnwatched(db: InventoryDb, place: Place): Promise<void> {
  const { lease, units } = place
  const kept = units.map(({ kind, namespace }) => ({ kind, namespace: namespace ?? '' }))
  await db.$transaction(async (tx) => {
    await assertLease(tx, lease)
    await tx.$executeRaw(Prisma.sql`
      DELETE FROM cluster_sources s WHERE "clusterId" = ${lease.clusterId}::uuid AND NOT EXISTS (
        SELECT 1 FROM jsonb_to_recordset(${sqlJson(kept)}::jsonb) AS t(kind text, namespace text)
        WHERE t.kind = s.kind AND t.namespace = s.namespace)`)
  })
  if (place.namespaces.length > 0) await forgetObjects(db, place)
}

async function forgetObjects(db: InventoryDb, { lease, namespaces, now }: Place): Promise<void> {
  const outside = await db.$queryRaw<{ uid: string; kind: WatchedKind }[]>(Prisma.sql`
    SELECT uid, kind FROM inventory_objects WHERE "clusterId" = ${lease.clusterId}::uuid
      AND CASE WHEN kind = 'Namespace' THEN name ELSE namespace END <> ALL(${[...namespaces]})`)
  for (const kind of new Set(outside.map((row) => row.kind))) {
    const uids = outside.filter((row) => row.kind === kind).map(({ uid }) => uid)
    for (let from = 0; from < uids.length; from += maxBatch) {
      const deletes = uids.slice(from, from + maxBatch)
      await ingest(db, lease, { kind, upserts: [], deletes }, { now, announce: true })
    }
  }
}
