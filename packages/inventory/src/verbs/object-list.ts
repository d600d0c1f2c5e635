import type { ObjectList, ObjectRow } from '@fairlead/contracts/inventory'
import type { ParsedOf } from '@fairlead/contracts/surface'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { likePattern } from '../like-pattern'
import { eventJson } from '../object-rows'
import { visibleObjects } from '../visible'
import { clusterRows, identityWithFreshness } from './cluster-rows'
import { deniedSources } from './denied-sources'

type Sql = ReturnType<typeof Prisma.sql>
type Wanted = ParsedOf<'object.list'>

/** What both tables filter by. */
function common(actor: Actor, wanted: Wanted): Sql[] {
  const { clusters, namespace, search } = wanted
  return [
    visibleObjects(actor),
    ...(clusters.length === 0 ? [] : [Prisma.sql`o."clusterId" = ANY(${clusters}::uuid[])`]),
    ...(namespace === undefined ? [] : [Prisma.sql`o.namespace = ${namespace}`]),
    ...(search === undefined ? [] : [Prisma.sql`${placeFor(search)} ILIKE ${likePattern(search)}`]),
  ]
}

/**
 * namespace/name as its index has it (inventory_objects_search_idx), or, for a text without three letters in a row, as
 * another expression: without a trigram that index is read whole, and every row with it.
 */
const placeFor = (search: string): Sql =>
  /[a-z0-9]{3}/i.test(search)
    ? Prisma.sql`(coalesce(o.namespace, '') || '/' || o.name)`
    : Prisma.sql`(coalesce(o.namespace, '') || '/' || o.name || '')`

function objectFilters(actor: Actor, wanted: Wanted): Sql {
  const { kinds, labels, ownerUid, state } = wanted
  // One kind is an equality, so that its index gives the order too.
  const [only] = kinds
  return Prisma.join(
    [
      kinds.length === 1 ? Prisma.sql`o.kind = ${only}` : Prisma.sql`o.kind = ANY(${kinds})`,
      ...common(actor, wanted),
      ...(Object.keys(labels).length === 0 ? [] : [Prisma.sql`o.labels @> ${JSON.stringify(labels)}::jsonb`]),
      ...(ownerUid === undefined ? [] : [Prisma.sql`o."ownerUid" = ${ownerUid}`]),
      ...(state === undefined ? [] : [Prisma.sql`o.verdict->>'state' = ${state}`]),
    ],
    ' AND ',
  )
}

interface Listed {
  readonly rows: ObjectRow[]
  readonly total: number
}

/**
 * One statement: narrow keys are filtered, counted and sorted, and only then the rows themselves are fetched, by where
 * they lie (sorting 10,000 wide rows spills to disk). They come as one text in no order.
 */
async function readRows(
  db: InventoryDb,
  from: { matching: Sql; table: Sql; order: Sql; row: Sql; limit: number },
) {
  const [answer] = await db.$queryRaw<{ rows: string | null; total: number }[]>(Prisma.sql`
    WITH k AS MATERIALIZED (${from.matching})
    SELECT (SELECT count(*)::int FROM k) AS total, (SELECT '[' || string_agg(${from.row}, ',') || ']'
      FROM ${from.table} o WHERE o.ctid = ANY(ARRAY(SELECT place FROM k ORDER BY ${from.order} LIMIT ${from.limit}))
    ) AS rows`)
  return { rows: JSON.parse(answer?.rows ?? '[]') as ObjectRow[], total: answer?.total ?? 0 }
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
const byPlace = (left: ObjectRow, right: ObjectRow): number =>
  compare(left.namespace ?? '', right.namespace ?? '') ||
  compare(left.name, right.name) ||
  compare(left.clusterId, right.clusterId)

async function listObjects(db: InventoryDb, actor: Actor, wanted: Wanted): Promise<Listed> {
  const { rows, total } = await readRows(db, {
    matching: Prisma.sql`SELECT o.ctid AS place, o.namespace, o.name, o."clusterId" FROM inventory_objects o
      WHERE ${objectFilters(actor, wanted)}`,
    table: Prisma.sql`inventory_objects`,
    order: Prisma.sql`coalesce(namespace, '') COLLATE "C", name COLLATE "C", "clusterId"`,
    row: Prisma.sql`o."row"`,
    limit: wanted.limit,
  })
  return { rows: rows.sort(byPlace), total }
}

/** Events are rows too, newest first; labels, owners and verdicts are not theirs. */
async function listEvents(db: InventoryDb, actor: Actor, wanted: Wanted): Promise<Listed> {
  const selective =
    Object.keys(wanted.labels).length > 0 || wanted.ownerUid !== undefined || wanted.state !== undefined
  if (!wanted.kinds.includes('Event') || selective) return { rows: [], total: 0 }
  const { rows, total } = await readRows(db, {
    matching: Prisma.sql`SELECT o.ctid AS place, o."lastAt", o.uid FROM cluster_events o
      WHERE ${Prisma.join(common(actor, wanted), ' AND ')}`,
    table: Prisma.sql`cluster_events`,
    order: Prisma.sql`"lastAt" DESC, uid`,
    row: eventJson,
    limit: wanted.limit,
  })
  const lastSeen = (row: ObjectRow): string => row.cells['Last Seen'] ?? ''
  return { rows: rows.sort((left, right) => compare(lastSeen(right), lastSeen(left))), total }
}

export const objectList = (db: InventoryDb) =>
  room<InventoryDb>(db).query('object.list', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<ObjectList> => {
      const [objects, events, clusters, denied] = await Promise.all([
        input.kinds.some((kind) => kind !== 'Event')
          ? listObjects(context.db, context.actor, input)
          : { rows: [], total: 0 },
        listEvents(context.db, context.actor, input),
        clusterRows(context.db, context.actor, input.clusters),
        deniedSources(context.db, context.actor, input),
      ])
      const rows = events.rows.length === 0 ? objects.rows : [...objects.rows, ...events.rows]
      const total = objects.total + events.total
      return {
        rows: rows.length > input.limit ? rows.slice(0, input.limit) : rows,
        truncated: total > input.limit,
        total,
        clusters: clusters.map((row) => identityWithFreshness(row, context.now)),
        denied,
      }
    },
  })
