import type { RawSql } from '@fairlead/db/fast-sql'
import { Prisma } from '@fairlead/db/sql'

/** The right to write one cluster's inventory. `epoch` is the fencing token: a take-over raises it. */
export interface Lease {
  readonly clusterId: string
  readonly holder: string
  readonly epoch: bigint
}

/** Somebody else writes this cluster by now; nothing was stored. */
export class FencedError extends Error {
  override readonly name = 'FencedError'
  constructor(lease: Lease) {
    super(`the lease on cluster ${lease.clusterId} with epoch ${lease.epoch} is no longer the newest`)
  }
}

export const leaseTtlMs = 6_000

const expiry = (ttlMs: number) => Prisma.sql`clock_timestamp() + ${`${ttlMs} milliseconds`}::interval`

/**
 * Takes a lease that is free or has run out, by the database's clock: the clocks of two watchers may differ.
 * null when another one holds it, or when the cluster is gone. The row stays for ever, so that epochs only grow.
 */
export async function acquireLease(
  db: RawSql,
  wanted: Pick<Lease, 'clusterId' | 'holder'>,
  ttlMs = leaseTtlMs,
): Promise<Lease | null> {
  const [row] = await db.$queryRaw<{ epoch: bigint }[]>(Prisma.sql`
    INSERT INTO cluster_leases ("clusterId", holder, epoch, "expiresAt")
    SELECT id, ${wanted.holder}, 1, ${expiry(ttlMs)} FROM clusters WHERE id = ${wanted.clusterId}::uuid
    ON CONFLICT ("clusterId") DO UPDATE
      SET holder = excluded.holder, epoch = cluster_leases.epoch + 1, "expiresAt" = excluded."expiresAt"
      WHERE cluster_leases."expiresAt" <= clock_timestamp()
    RETURNING epoch`)
  return row === undefined ? null : { ...wanted, epoch: BigInt(row.epoch) }
}

/** False when somebody else took it over. A lease that ran out unnoticed is still ours, and may be renewed. */
export async function renewLease(db: RawSql, lease: Lease, ttlMs = leaseTtlMs): Promise<boolean> {
  const renewed = await db.$executeRaw(Prisma.sql`
    UPDATE cluster_leases SET "expiresAt" = ${expiry(ttlMs)}
    WHERE "clusterId" = ${lease.clusterId}::uuid AND holder = ${lease.holder} AND epoch = ${lease.epoch}`)
  return renewed === 1
}

/** Lets the next one in at once. */
export async function releaseLease(db: RawSql, lease: Lease): Promise<void> {
  await db.$executeRaw(Prisma.sql`
    UPDATE cluster_leases SET "expiresAt" = clock_timestamp()
    WHERE "clusterId" = ${lease.clusterId}::uuid AND holder = ${lease.holder} AND epoch = ${lease.epoch}`)
}

/** Holds off any take-over until the transaction ends; throws when one has happened. First statement of every write. */
export async function assertLease(tx: Pick<RawSql, '$queryRaw'>, lease: Lease): Promise<void> {
  const [row] = await tx.$queryRaw<{ epoch: bigint; holder: string }[]>(Prisma.sql`
    SELECT epoch, holder FROM cluster_leases WHERE "clusterId" = ${lease.clusterId}::uuid FOR SHARE`)
  if (row === undefined || BigInt(row.epoch) !== lease.epoch || row.holder !== lease.holder)
    throw new FencedError(lease)
}

export interface WatchedCluster {
  readonly clusterId: string
  readonly name: string
  /** Version of its credential: another one means that it was rotated. */
  readonly credentialVersion: number
  /** The only ones that are watched; none = all. */
  readonly namespaces: readonly string[]
  /** No one holds its lease right now. */
  readonly free: boolean
}

/** Every registered cluster, or the one asked for. */
export async function clustersToWatch(db: RawSql, clusterId?: string): Promise<readonly WatchedCluster[]> {
  return db.$queryRaw<WatchedCluster[]>(Prisma.sql`
    SELECT c.id AS "clusterId", c.name, k.version AS "credentialVersion", c.namespaces,
      (l."clusterId" IS NULL OR l."expiresAt" <= clock_timestamp()) AS free
    FROM clusters c JOIN cluster_credentials k ON k."clusterId" = c.id
      LEFT JOIN cluster_leases l ON l."clusterId" = c.id
    WHERE ${clusterId ?? null}::uuid IS NULL OR c.id = ${clusterId ?? null}::uuid`)
}
