import type { CheckResult } from '@fairlead/contracts/checks'
import type { BudgetFact } from '@fairlead/contracts/cluster-facts'
import { workloadKinds } from '@fairlead/contracts/kinds'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { checkDisruption } from '@fairlead/insight/checklist/check-disruption'
import { applicationOf } from './application-label'
import type { Lease } from './lease'
import { storedFacts } from './stored-facts'
import type { ReadinessSummary } from './summarize/workload'
import { writeFindings, type FindingRow } from './write-findings'

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

function rowsOf(found: readonly Found[], budgets: readonly BudgetFact[] | null): readonly FindingRow[] {
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
  const rows = rowsOf(found, budgets?.state === 'read' ? budgets.items : null)
  return writeFindings(db, lease, { rows, written, by: 'objects' })
}
