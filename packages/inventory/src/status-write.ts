import type { ControlPlaneEvidence } from '@fairlead/contracts/control-plane'
import { appendChanges } from '@fairlead/db/changes'
import type { RawSql, TransactionalSql } from '@fairlead/db/fast-sql'
import { Prisma } from '@fairlead/db/sql'
import type { ClusterStanding } from './cluster-state'
import { noteGap } from './episodes'
import { assertLease, type Lease } from './lease'
import { sqlJson } from './sql-json'

export interface SourceRow {
  readonly kind: string
  /** Empty = everywhere. */
  readonly namespace: string
  readonly state: string
  readonly message: string | null
  readonly lastByteAt: Date | null
  readonly syncedAt: Date | null
  readonly objects: number | null
}

export interface StatusWrite {
  readonly standing: ClusterStanding
  readonly lastSeenAt: Date | null
  readonly sources: readonly SourceRow[]
  readonly gap: { readonly from: Date; readonly to: Date } | null
  /** null: as it was. */
  readonly controlPlane: readonly ControlPlaneEvidence[] | null
  readonly version: string | null
  readonly announce: boolean
}

/** One transaction under the lease's epoch: how fresh the cluster and its sources are. Throws FencedError. */
export async function writeStatus(db: TransactionalSql, lease: Lease, status: StatusWrite): Promise<void> {
  await db.$transaction(async (tx) => {
    await assertLease(tx, lease)
    await writeSources(tx, lease, status.sources)
    const evidence = status.controlPlane === null ? null : sqlJson(status.controlPlane)
    await tx.$executeRaw(Prisma.sql`
      UPDATE clusters SET state = ${status.standing.state}, "stateMessage" = ${status.standing.message?.slice(0, 1_000)},
        "lastSeenAt" = greatest("lastSeenAt", ${status.lastSeenAt}::timestamptz),
        "controlPlane" = coalesce(${evidence}::jsonb, "controlPlane"), version = coalesce(${status.version}, version)
      WHERE id = ${lease.clusterId}::uuid`)
    if (status.gap !== null) await noteGap(tx, lease, status.gap)
    if (status.announce)
      await appendChanges(tx, [{ topic: 'cluster', key: lease.clusterId, clusterId: lease.clusterId }])
  })
}

async function writeSources(tx: RawSql, lease: Lease, sources: readonly SourceRow[]): Promise<void> {
  if (sources.length === 0) return
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO cluster_sources AS s ("clusterId", kind, namespace, state, message, "lastByteAt", "syncedAt", objects)
    SELECT ${lease.clusterId}::uuid, kind, namespace, state, left(message, 1000), "lastByteAt", "syncedAt", coalesce(objects, 0)
    FROM jsonb_to_recordset(${sqlJson(sources)}::jsonb) AS t(kind text, namespace text, state text, message text,
      "lastByteAt" timestamptz, "syncedAt" timestamptz, objects int)
    ON CONFLICT ("clusterId", kind, namespace) DO UPDATE SET state = excluded.state, message = excluded.message,
      "lastByteAt" = coalesce(excluded."lastByteAt", s."lastByteAt"),
      "syncedAt" = coalesce(excluded."syncedAt", s."syncedAt"),
      objects = CASE WHEN excluded."syncedAt" IS NULL THEN s.objects ELSE excluded.objects END`)
}
