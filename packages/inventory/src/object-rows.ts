import type { ObjectRow } from '@fairlead/contracts/inventory'
import type { RawSql } from '@fairlead/db/fast-sql'
import { Prisma } from '@fairlead/db/sql'
import { sqlJson } from './sql-json'
import type { Summarized } from './summarize/summarized'

type Sql = ReturnType<typeof Prisma.sql>
type Reader = Pick<RawSql, '$queryRaw'>

export interface ObjectKey {
  readonly clusterId: string
  readonly uid: string
}

/** ISO 8601 in UTC with milliseconds, as JSON.stringify writes dates. */
const iso = (column: Sql): Sql =>
  Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** The ObjectRow that is stored beside what it was made of, so that a list of thousands is read and not composed. */
export function rowText(
  object: Summarized,
  seen: { readonly clusterId: string; readonly now: Date },
): string {
  const { uid, kind, namespace, name, createdAt, cells, verdict, images, labels, ownerUid, restartedAt } =
    object
  const row: ObjectRow = {
    uid,
    clusterId: seen.clusterId,
    kind,
    namespace,
    name,
    createdAt,
    observedAt: seen.now.toISOString(),
    cells,
    verdict:
      verdict === null
        ? null
        : { state: verdict.state, message: verdict.message, replicas: verdict.replicas },
    images,
    labels,
    ownerUid,
    ...(restartedAt === null ? {} : { restartedAt }),
  }
  return sqlJson(row)
}

/** The same of cluster_events under the alias `o`: an Event's time cell is an ISO time. */
export const eventJson: Sql = Prisma.sql`json_build_object(
    'uid', o.uid, 'clusterId', o."clusterId", 'kind', 'Event', 'namespace', o.namespace, 'name', o.name,
    'createdAt', ${iso(Prisma.sql`o."firstAt"`)}, 'observedAt', ${iso(Prisma.sql`o."observedAt"`)},
    'images', '[]'::json, 'labels', '{}'::json, 'ownerUid', o."objectUid", 'verdict', NULL,
    'cells', json_build_object('Last Seen', ${iso(Prisma.sql`o."lastAt"`)}, 'Type', o.type, 'Reason', o.reason,
      'Object', lower(o."objectKind") || '/' || o."objectName", 'Message', o.message))::text`

/**
 * The rows of these objects, for live screens; those that are gone by now are left out. Whoever asks has checked that
 * the reader may see them (visible.ts), so that one look-up serves many readers.
 */
export async function objectRows(db: Reader, keys: readonly ObjectKey[]): Promise<ObjectRow[]> {
  if (keys.length === 0) return []
  const wanted = JSON.stringify(keys)
  const found = await db.$queryRaw<{ row: string }[]>(Prisma.sql`
    WITH k AS (SELECT DISTINCT "clusterId", uid FROM jsonb_to_recordset(${wanted}::jsonb)
      AS t("clusterId" uuid, uid text))
    SELECT o."row" FROM k JOIN inventory_objects o USING ("clusterId", uid)
    UNION ALL
    SELECT ${eventJson} AS row FROM k JOIN cluster_events o USING ("clusterId", uid)`)
  return found.map(({ row }) => JSON.parse(row) as ObjectRow)
}
