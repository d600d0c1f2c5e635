import type { CheckResult } from '@fairlead/contracts/checks'
import type { BudgetFact } from '@fairlead/contracts/cluster-facts'
import { workloadKinds } from '@fairlead/contracts/kinds'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { checkDisruption } from '@fairlead/insight/checklist/check-disruption'
import { applicationOf } from './application-label'
import { assertLease, type Lease } from './lease'
import { sqlJson } from './sql-json'
import { storedFacts } from './stored-facts'
import type { ReadinessSummary } from './summarize/workload'

interface Found {
  readonly uid: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly application: string | null
  readonly readiness: ReadinessSummary | null
}

/** What somebody applied, not what a controller made of it: a CronJob's Jobs are judged as the CronJob. */
const workloadsOf = (db: Pick<InventoryDb, '$queryRaw'>, clusterId: string): Promise<Found[]> =>
  db.$queryRaw<Found[]>(Prisma.sql`
    SELECT o.uid, o.kind, o.namespace, o.name, ${applicationOf('o')} AS application,
      o.summary->'readiness' AS readiness
    FROM inventory_objects o
    WHERE o."clusterId" = ${clusterId}::uuid AND o.kind = ANY(${[...workloadKinds]}) AND o."ownerUid" IS NULL
      AND o.namespace IS NOT NULL ORDER BY o.uid`)

function failedOf(
  found: Found,
  budgets: readonly BudgetFact[] | null,
): readonly Omit<CheckResult, 'passed'>[] {
  const { readiness, namespace } = found
  if (readiness === null) return []
  const around = budgets === null ? [] : checkDisruption({ namespace, ...readiness }, budgets)
  return [...readiness.failed, ...around.filter(({ passed }) => !passed)]
}

function rowsOf(found: readonly Found[], budgets: readonly BudgetFact[] | null) {
  return found.flatMap((workload) => {
    const { uid, kind, namespace, name, application } = workload
    return failedOf(workload, budgets).map(({ check, severity, message }) => ({
      workloadUid: uid,
      kind,
      namespace,
      name,
      application,
      check,
      severity,
      message: message.slice(0, 500),
    }))
  })
}

/**
 * Judges every workload of a cluster and stores what fails, keeping since when; returns what it stored as text, so that
 * the same is not written again. While the budgets are unknown nothing is said about drains. Throws FencedError.
 */
export async function judgeReadiness(db: InventoryDb, lease: Lease, written: string): Promise<string> {
  const [found, stored] = await Promise.all([
    workloadsOf(db, lease.clusterId),
    storedFacts(db, lease.clusterId),
  ])
  const budgets = stored?.facts.budgets
  const rows = sqlJson(rowsOf(found, budgets?.state === 'read' ? budgets.items : null))
  if (rows === written) return written
  await db.$transaction(async (tx) => {
    await assertLease(tx, lease)
    await tx.$executeRaw(Prisma.sql`
      DELETE FROM readiness_findings f WHERE f."clusterId" = ${lease.clusterId}::uuid AND NOT EXISTS (
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
