import { workloadKinds } from '@fairlead/contracts/kinds'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { checkRequests } from '@fairlead/insight/usage/check-requests'
import type { ContainerRequests } from '@fairlead/insight/usage/container-requests'
import type { UsageDigest } from '@fairlead/insight/usage/digest'
import { judgeRequests } from '@fairlead/insight/usage/judge-requests'
import { applicationOf } from '../application-label'
import type { Lease } from '../lease'
import { writeFindings, type FindingRow } from '../write-findings'
import { joinDays, keptSince, readDays } from './digests'

interface Asking {
  readonly uid: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly application: string | null
  readonly containers: readonly ContainerRequests[] | null
}

const workloadsOf = (db: Pick<InventoryDb, '$queryRaw'>, clusterId: string): Promise<Asking[]> =>
  db.$queryRaw<Asking[]>(Prisma.sql`
    SELECT o.uid, o.kind, o.namespace, o.name, ${applicationOf('o')} AS application,
      o.summary#>'{readiness,containers}' AS containers
    FROM inventory_objects o
    WHERE o."clusterId" = ${clusterId}::uuid AND o.kind = ANY(${[...workloadKinds]}) AND o."ownerUid" IS NULL
      AND o.namespace IS NOT NULL ORDER BY o.uid`)

function rowsOf(workload: Asking, digests: ReadonlyMap<string, UsageDigest>): readonly FindingRow[] {
  const { uid, kind, namespace, name, application, containers } = workload
  const judged = (containers ?? []).map((each) => judgeRequests(each, digests.get(each.container) ?? null))
  return checkRequests(judged).flatMap(({ passed, check, severity, message }) =>
    passed
      ? []
      : [
          {
            workloadUid: uid,
            kind,
            namespace,
            name,
            application,
            check,
            severity,
            message: message.slice(0, 500),
          },
        ],
  )
}

/**
 * Compares the requests of every workload of a cluster with what is kept of its use, and stores where they don't suit.
 * Without a metrics API nothing new is known, and what was seen within the days that are kept still counts.
 */
export async function judgeUsage(
  db: InventoryDb,
  lease: Lease,
  { now, written }: { readonly now: Date; readonly written: string },
): Promise<string> {
  const [workloads, days] = await Promise.all([
    workloadsOf(db, lease.clusterId),
    readDays(db, lease.clusterId, { since: keptSince(now) }),
  ])
  const byWorkload = joinDays(days)
  const rows = workloads.flatMap((workload) => {
    const digests = byWorkload.get(workload.uid)
    return digests === undefined ? [] : rowsOf(workload, digests)
  })
  return writeFindings(db, lease, { rows, written, by: 'usage' })
}
