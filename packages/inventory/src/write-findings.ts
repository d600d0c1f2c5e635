import type { CheckName, CheckSeverity } from '@fairlead/contracts/checks'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { assertLease, type Lease } from './lease'
import { sqlJson } from './sql-json'

export interface FindingRow {
  readonly workloadUid: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly application: string | null
  readonly check: CheckName
  readonly severity: CheckSeverity
  readonly message: string
}

/** Checks that are judged from what was used; all others are judged from the objects. Each judge replaces its own. */
const ofUsage: readonly CheckName[] = ['request-accuracy']

interface Findings {
  readonly rows: readonly FindingRow[]
  /** What this returned last: the same is not written again. */
  readonly written: string
  readonly by: 'objects' | 'usage'
}

/** Stores what one judge found of a whole cluster, keeping since when; returns it as text. Throws FencedError. */
export async function writeFindings(
  db: InventoryDb,
  lease: Lease,
  { rows: found, written, by }: Findings,
): Promise<string> {
  const rows = sqlJson(found)
  if (rows === written) return written
  await db.$transaction(async (tx) => {
    await assertLease(tx, lease)
    await tx.$executeRaw(Prisma.sql`
      DELETE FROM readiness_findings f WHERE f."clusterId" = ${lease.clusterId}::uuid
        AND (f."check" = ANY(${[...ofUsage]})) = ${by === 'usage'} AND NOT EXISTS (
          SELECT 1 FROM jsonb_to_recordset(${rows}::jsonb) AS t("workloadUid" text, "check" text)
          WHERE t."workloadUid" = f."workloadUid" AND t."check" = f."check")`)
    await tx.$executeRaw(Prisma.sql`
      INSERT INTO readiness_findings AS f ("clusterId", "workloadUid", "check", kind, namespace, name, application,
        severity, message, since)
      SELECT ${lease.clusterId}::uuid, "workloadUid", "check", kind, namespace, name, application, severity, message, now()
      FROM jsonb_to_recordset(${rows}::jsonb) AS t("workloadUid" text, "check" text, kind text, namespace text,
        name text, application text, severity text, message text)
      ON CONFLICT ("clusterId", "workloadUid", "check") DO UPDATE SET application = excluded.application,
        severity = excluded.severity, message = excluded.message
        WHERE (f.application, f.severity, f.message) IS DISTINCT FROM
          (excluded.application, excluded.severity, excluded.message)`)
  })
  return rows
}
