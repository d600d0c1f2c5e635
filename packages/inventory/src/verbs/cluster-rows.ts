import type { ClusterIdentity, Environment } from '@fairlead/contracts/cluster'
import { environmentSchema } from '@fairlead/contracts/cluster'
import type { Freshness } from '@fairlead/contracts/freshness'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'
import { freshnessOf } from '../freshness'
import { visibleClusters } from '../visible'

export interface ClusterRow {
  readonly id: string
  readonly name: string
  readonly environment: string
  readonly labels: Readonly<Record<string, string>>
  readonly colour: number
  readonly server: string
  readonly version: string | null
  readonly registeredAt: Date
  readonly lastSeenAt: Date | null
  readonly state: string
  readonly stateMessage: string | null
}

/** The clusters in which the actor may see anything, by name; only those asked for when any are. */
export function clusterRows(
  db: Pick<InventoryDb, '$queryRaw'>,
  actor: Actor,
  ids: readonly string[] = [],
): Promise<ClusterRow[]> {
  const asked = ids.length === 0 ? Prisma.sql`TRUE` : Prisma.sql`c.id = ANY(${[...ids]}::uuid[])`
  return db.$queryRaw<ClusterRow[]>(Prisma.sql`
    SELECT c.id, c.name, c.environment, c.labels, c.colour, c.server, c.version, c."registeredAt", c."lastSeenAt",
      c.state, c."stateMessage"
    FROM clusters c WHERE ${asked} AND ${visibleClusters(actor)} ORDER BY c.name`)
}

const environmentOf = (word: string): Environment => environmentSchema.catch('development').parse(word)

export const identityOf = (row: ClusterRow): ClusterIdentity => ({
  id: row.id,
  name: row.name,
  environment: environmentOf(row.environment),
  colour: row.colour,
})

/** By the cluster's id. */
export const identitiesOf = (rows: readonly ClusterRow[]): ReadonlyMap<string, ClusterIdentity> =>
  new Map(rows.map((row) => [row.id, identityOf(row)]))

export const clusterFreshness = (row: ClusterRow, now: Date): Freshness =>
  freshnessOf({ state: row.state, message: row.stateMessage, lastSeenAt: row.lastSeenAt }, now)

export const identityWithFreshness = (row: ClusterRow, now: Date) => ({
  ...identityOf(row),
  freshness: clusterFreshness(row, now),
})
