import type { EventRow } from '@fairlead/contracts/inventory'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { visibleObjects } from '../visible'
import { findCluster } from './find-cluster'

type Sql = ReturnType<typeof Prisma.sql>
type FoundEvent = Omit<EventRow, 'firstAt' | 'lastAt'> & { readonly firstAt: Date; readonly lastAt: Date }

/** Events under the alias `o` that match, newest first. */
export async function readEvents(
  db: Pick<InventoryDb, '$queryRaw'>,
  where: Sql,
  limit: number,
): Promise<EventRow[]> {
  const rows = await db.$queryRaw<FoundEvent[]>(Prisma.sql`
    SELECT o.uid, o.type, o.reason, o.message, o."objectKind", o."objectName", o.namespace, o.count, o."firstAt",
      o."lastAt", o.source
    FROM cluster_events o WHERE ${where} ORDER BY o."lastAt" DESC, o.uid LIMIT ${limit}`)
  return rows.map((row) => ({
    ...row,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
  }))
}

export const objectEvents = (db: InventoryDb) =>
  room<InventoryDb>(db).query('object.events', {
    scope: { kind: 'any' },
    run: async (context, input) => {
      const { id } = await findCluster(context.db, context.actor, input)
      const where = [
        Prisma.sql`o."clusterId" = ${id}::uuid`,
        visibleObjects(context.actor),
        ...(input.namespace === undefined ? [] : [Prisma.sql`o.namespace = ${input.namespace}`]),
        ...(input.objectUid === undefined ? [] : [Prisma.sql`o."objectUid" = ${input.objectUid}`]),
      ]
      return readEvents(context.db, Prisma.join(where, ' AND '), Math.max(1, input.limit))
    },
  })
