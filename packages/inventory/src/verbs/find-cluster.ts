import { clusterIdSchema } from '@fairlead/contracts/ids'
import type { Permission } from '@fairlead/contracts/permissions'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'
import { visibleClusters } from '../visible'

export interface FoundCluster {
  readonly id: string
  readonly name: string
  readonly uid: string
  readonly environment: string
  /** The only ones that its credential may read; none = all. */
  readonly namespaces: readonly string[]
}

/** By id or name, among those that the actor may see; the same answer for none and not yours. */
export async function findCluster(
  db: Pick<InventoryDb, '$queryRaw'>,
  actor: Actor,
  ref: { readonly cluster: string; readonly permission?: Permission },
): Promise<FoundCluster> {
  const isId = clusterIdSchema.safeParse(ref.cluster).success
  const wanted = isId ? Prisma.sql`c.id = ${ref.cluster}::uuid` : Prisma.sql`c.name = ${ref.cluster}`
  const [found] = await db.$queryRaw<FoundCluster[]>(Prisma.sql`
    SELECT c.id, c.name, c.uid, c.environment, c.namespaces FROM clusters c
    WHERE ${wanted} AND ${visibleClusters(actor, ref.permission)} LIMIT 1`)
  if (found === undefined) throw notFound('cluster')
  return found
}
