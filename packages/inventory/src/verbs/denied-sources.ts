import type { DeniedSource } from '@fairlead/contracts/inventory'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'
import { visibleObjects } from '../visible'

/** Where Fairlead may not read these kinds, as far as the actor would see what is there. */
export const deniedSources = (
  db: Pick<InventoryDb, '$queryRaw'>,
  actor: Actor,
  wanted: {
    readonly kinds: readonly string[]
    readonly clusters: readonly string[]
    readonly namespace?: string | undefined
  },
): Promise<DeniedSource[]> =>
  db.$queryRaw<DeniedSource[]>(Prisma.sql`
    SELECT o."clusterId", o.kind, o.namespace, o.message
    FROM (SELECT "clusterId", kind, nullif(namespace, '') AS namespace, message FROM cluster_sources
      WHERE state = 'forbidden' AND kind = ANY(${[...wanted.kinds]})) o
    WHERE ${visibleObjects(actor)}
      AND ${wanted.clusters.length === 0 ? Prisma.sql`TRUE` : Prisma.sql`o."clusterId" = ANY(${[...wanted.clusters]}::uuid[])`}
      AND ${wanted.namespace === undefined ? Prisma.sql`TRUE` : Prisma.sql`coalesce(o.namespace, ${wanted.namespace}) = ${wanted.namespace}`}
    ORDER BY 1, 2, 3`)
