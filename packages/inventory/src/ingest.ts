import type { WatchedKind } from '@fairlead/contracts/kinds'
import { labelKeys } from '@fairlead/contracts/labels'
import { appendChanges, type NewChange } from '@fairlead/db/changes'
import type { RawSql, TransactionalSql } from '@fairlead/db/fast-sql'
import { Prisma } from '@fairlead/db/sql'
import { closeEpisodes, recordEpisodes, standingsBefore } from './episodes'
import { assertLease, type Lease } from './lease'
import { rowText } from './object-rows'
import { sqlJson } from './sql-json'
import { summaryShape, type Summarized } from './summarize/summarized'
import type { WatchUnit } from './watch-unit'

/** At most this many objects go into one transaction. */
export const maxBatch = 500

/** What one kind brought, in the order of the API server. */
export interface Batch {
  readonly kind: WatchedKind
  readonly upserts: readonly Summarized[]
  /** UIDs. */
  readonly deletes: readonly string[]
}

export interface IngestOptions {
  readonly now: Date
  /** False: no change row per object; the caller announces the whole with one. */
  readonly announce: boolean
}

export interface Ingested {
  /** Rows that this batch made different. */
  readonly changed: readonly Summarized[]
  readonly deleted: readonly { readonly uid: string; readonly ownerUid: string | null }[]
}

/**
 * Stores a batch with its change rows and episodes in one transaction, under the lease's epoch; throws FencedError when
 * that is no longer the newest. Objects whose resourceVersion is stored already are left alone, so storing twice is
 * storing once.
 */
export async function ingest(
  db: TransactionalSql,
  lease: Lease,
  batch: Batch,
  options: IngestOptions,
): Promise<Ingested> {
  return db.$transaction(async (tx) => {
    await assertLease(tx, lease)
    const rows = latestByUid(batch)
    const before = await standingsBefore(tx, lease, rows)
    const changed = await upsert(tx, lease, rows, options.now)
    const deleted = await remove(tx, lease, batch.deletes)
    await recordEpisodes(tx, lease, { rows: changed, before, now: options.now })
    await closeEpisodes(
      tx,
      lease,
      deleted.map(({ uid }) => uid),
      options.now,
    )
    if (options.announce)
      await appendChanges(tx, [
        ...changed.map((row) => objectChange(lease, row, 'upsert')),
        ...deleted.map((row) => objectChange(lease, row, 'delete')),
      ])
    return { changed, deleted }
  })
}

/** One statement may touch a row once: of several states of an object the last counts, and none of a deleted one. */
function latestByUid({ upserts, deletes }: Batch): readonly Summarized[] {
  const gone = new Set(deletes)
  const latest = new Map(upserts.map((row) => [row.uid, row]))
  return [...latest.values()].filter((row) => !gone.has(row.uid))
}

const objectChange = (
  lease: Lease,
  row: Pick<Summarized, 'uid' | 'namespace'> & { readonly kind: string },
  op: 'upsert' | 'delete',
): NewChange => ({
  topic: 'object',
  key: row.uid,
  op,
  clusterId: lease.clusterId,
  kind: row.kind,
  namespace: row.namespace,
})

async function upsert(
  tx: RawSql,
  lease: Lease,
  rows: readonly Summarized[],
  now: Date,
): Promise<readonly Summarized[]> {
  if (rows.length === 0) return []
  const stored = rows.map((row) => ({ ...row, row: rowText(row, { clusterId: lease.clusterId, now }) }))
  const written = await tx.$queryRaw<{ uid: string }[]>(Prisma.sql`
    INSERT INTO inventory_objects AS o ("clusterId", uid, kind, namespace, name, "resourceVersion", epoch,
      "createdAt", "observedAt", labels, "ownerUid", cells, verdict, state, summary, "row", shape, "nodeName",
      "cpuMillis", "memoryBytes", "restartedAt")
    SELECT ${lease.clusterId}::uuid, uid, kind, namespace, name, "resourceVersion", ${lease.epoch},
      "createdAt", ${now}, labels, "ownerUid", cells, verdict, state, summary, "row", ${summaryShape}, "nodeName",
      "cpuMillis", "memoryBytes", "restartedAt"
    FROM jsonb_to_recordset(${sqlJson(stored)}::jsonb) AS t(uid text, kind text, namespace text, name text,
      "resourceVersion" text, "createdAt" timestamptz, labels jsonb, "ownerUid" text, cells jsonb, verdict jsonb,
      state text, summary jsonb, "row" text, "nodeName" text, "cpuMillis" int, "memoryBytes" bigint,
      "restartedAt" timestamptz)
    ON CONFLICT ("clusterId", uid) DO UPDATE SET
      namespace = excluded.namespace, name = excluded.name, "resourceVersion" = excluded."resourceVersion",
      epoch = excluded.epoch, "observedAt" = excluded."observedAt", labels = excluded.labels,
      "ownerUid" = excluded."ownerUid", cells = excluded.cells, verdict = excluded.verdict, state = excluded.state,
      summary = excluded.summary, "row" = excluded."row", shape = excluded.shape, "nodeName" = excluded."nodeName",
      "cpuMillis" = excluded."cpuMillis", "memoryBytes" = excluded."memoryBytes",
      "restartedAt" = excluded."restartedAt"
      WHERE o."resourceVersion" <> excluded."resourceVersion" OR o.shape <> excluded.shape
    RETURNING uid`)
  const uids = new Set(written.map(({ uid }) => uid))
  return rows.filter((row) => uids.has(row.uid))
}

interface Removed {
  readonly uid: string
  readonly kind: string
  readonly namespace: string | null
  readonly ownerUid: string | null
}

async function remove(tx: RawSql, lease: Lease, uids: readonly string[]): Promise<readonly Removed[]> {
  if (uids.length === 0) return []
  return tx.$queryRaw<Removed[]>(Prisma.sql`
    DELETE FROM inventory_objects WHERE "clusterId" = ${lease.clusterId}::uuid AND uid = ANY(${[...uids]})
    RETURNING uid, kind, namespace, "ownerUid"`)
}

/** What is stored of one kind, or of its part in one namespace (of namespaces: that one): uid → version, with '' where a newer summary has to be written. */
export async function storedVersions(
  db: Pick<RawSql, '$queryRaw'>,
  clusterId: string,
  { kind, namespace }: WatchUnit,
): Promise<Map<string, string>> {
  const within = namespace === null ? Prisma.sql`TRUE` : Prisma.sql`coalesce(namespace, name) = ${namespace}`
  const rows = await db.$queryRaw<{ uid: string; version: string }[]>(Prisma.sql`
    SELECT uid, CASE WHEN shape = ${summaryShape} THEN "resourceVersion" ELSE '' END AS version
    FROM inventory_objects WHERE "clusterId" = ${clusterId}::uuid AND kind = ${kind} AND ${within}`)
  return new Map(rows.map(({ uid, version }) => [uid, version]))
}

/** Rollouts that applied these objects, or an owner of theirs up to two levels above (pod → ReplicaSet → Deployment). */
export async function rolloutsConcerned(
  db: Pick<RawSql, '$queryRaw'>,
  lease: Lease,
  { changed, deleted }: Ingested,
): Promise<readonly string[]> {
  const direct = changed.map((row) => row.labels[labelKeys.rollout])
  const owners = [...new Set([...changed, ...deleted].flatMap((row) => row.ownerUid ?? []))]
  const above =
    owners.length === 0
      ? []
      : await db.$queryRaw<{ rollout: string | null }[]>(Prisma.sql`
          SELECT DISTINCT coalesce(o.labels->>${labelKeys.rollout}, g.labels->>${labelKeys.rollout}) AS rollout
          FROM inventory_objects o
            LEFT JOIN inventory_objects g ON g."clusterId" = o."clusterId" AND g.uid = o."ownerUid"
          WHERE o."clusterId" = ${lease.clusterId}::uuid AND o.uid = ANY(${owners})`)
  const found = [...direct, ...above.map(({ rollout }) => rollout)]
  return [...new Set(found.filter((rollout) => typeof rollout === 'string'))]
}
