import type { DriftState, DriftSummary } from '@fairlead/contracts/drift-states'
import { driftStateNames } from '@fairlead/contracts/drift-states'
import type { WorkloadDb } from '@fairlead/db/views'
import { driftedOf } from '../drift/stored'

const weight: Readonly<Record<DriftState, number>> = { drifted: 2, unknown: 1, in_sync: 0 }
export const driftStateOf = (column: string): DriftState =>
  driftStateNames.find((name) => name === column) ?? 'unknown'

/** By application and stage, of the worst of its targets. One that was never compared says nothing yet. */
export async function driftSummaries(
  db: Pick<WorkloadDb, 'stageDrift'>,
  applications: readonly string[],
): Promise<(applicationId: string, stage: string) => DriftSummary | null> {
  const rows = await db.stageDrift.findMany({
    where: {
      applicationId: { in: [...applications] },
      OR: [{ checkedAt: { not: null } }, { reason: { not: '' } }],
    },
    select: { applicationId: true, stage: true, state: true, objects: true, since: true },
  })
  return (applicationId, stage) => {
    const of = rows.filter((row) => row.applicationId === applicationId && row.stage === stage)
    const worst = of.toSorted((a, b) => weight[driftStateOf(b.state)] - weight[driftStateOf(a.state)])[0]
    if (worst === undefined) return null
    const state = driftStateOf(worst.state)
    const since = of
      .flatMap((row) => (row.since === null || row.state !== state ? [] : [row.since.toISOString()]))
      .toSorted()[0]
    const objects = state === 'drifted' ? of.flatMap((row) => driftedOf(row.objects)).length : 0
    return { state, objects, since: since ?? null }
  }
}
