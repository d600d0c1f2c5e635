import { appendChanges } from '@fairlead/db/changes'
import type { RawSql, TransactionalSql } from '@fairlead/db/fast-sql'
import { Prisma } from '@fairlead/db/sql'
import type { IngestOptions } from './ingest'
import { assertLease, type Lease } from './lease'
import { sqlJson } from './sql-json'
import type { SeenEvent } from './summarize/event'

/** Events outlive their hour in the cluster: what it deletes is kept until it is this old. */
export const eventsKeptMs = 7 * 24 * 3_600_000

/** Resolves with the number of events that were new or had gone on. */
export async function ingestEvents(
  db: TransactionalSql,
  lease: Lease,
  events: readonly SeenEvent[],
  options: IngestOptions,
): Promise<number> {
  const latest = [...new Map(events.map((event) => [event.uid, event])).values()]
  return db.$transaction(async (tx) => {
    await assertLease(tx, lease)
    const written = await tx.$queryRaw<{ uid: string; namespace: string }[]>(Prisma.sql`
      INSERT INTO cluster_events AS o ("clusterId", uid, namespace, name, "observedAt", type, reason, message,
        "objectKind", "objectName", "objectUid", count, "firstAt", "lastAt", source, epoch)
      SELECT ${lease.clusterId}::uuid, uid, namespace, name, ${options.now}, type, reason, message, "objectKind",
        "objectName", "objectUid", count, "firstAt", "lastAt", source, ${lease.epoch}
      FROM jsonb_to_recordset(${sqlJson(latest)}::jsonb) AS t(uid text, namespace text, name text, type text,
        reason text, message text, "objectKind" text, "objectName" text, "objectUid" text, count int,
        "firstAt" timestamptz, "lastAt" timestamptz, source text)
      ON CONFLICT ("clusterId", uid) DO UPDATE SET count = excluded.count, message = excluded.message,
        "lastAt" = excluded."lastAt", "observedAt" = excluded."observedAt", epoch = excluded.epoch
        WHERE (o.count, o."lastAt", o.message) IS DISTINCT FROM (excluded.count, excluded."lastAt", excluded.message)
      RETURNING uid, namespace`)
    if (options.announce)
      await appendChanges(
        tx,
        written.map(({ uid, namespace }) => ({
          topic: 'object',
          key: uid,
          clusterId: lease.clusterId,
          kind: 'Event',
          namespace,
        })),
      )
    return written.length
  })
}

export async function pruneEvents(db: Pick<RawSql, '$executeRaw'>, now: Date): Promise<number> {
  const before = new Date(now.getTime() - eventsKeptMs)
  return db.$executeRaw(Prisma.sql`DELETE FROM cluster_events WHERE "lastAt" < ${before}`)
}
