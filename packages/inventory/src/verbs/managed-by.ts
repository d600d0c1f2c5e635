import type { ObjectRow, WorkloadDetail } from '@fairlead/contracts/inventory'
import { labelKeys } from '@fairlead/contracts/labels'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { projectsWith } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'

/**
 * What Fairlead wrote on the object when it applied it. The label names the application; its project is the one among
 * the actor's whose destinations cover the place, a named namespace before `*`, and left empty when two could be it.
 */
export async function managedBy(
  db: Pick<InventoryDb, '$queryRaw'>,
  actor: Actor,
  row: ObjectRow,
): Promise<WorkloadDetail['managedBy']> {
  const application = row.labels[labelKeys.application]
  if (application === undefined || application === '') return null
  const projects = projectsWith(actor, 'project.view')
  const among = projects === 'all' ? Prisma.sql`TRUE` : Prisma.sql`p.id = ANY(${projects}::uuid[])`
  const covering = await db.$queryRaw<{ name: string; exact: boolean }[]>(Prisma.sql`
    SELECT p.name, bool_or(d.namespace <> '*') AS exact FROM destinations d JOIN projects p ON p.id = d."projectId"
    WHERE d."clusterId" = ${row.clusterId}::uuid AND d.namespace IN ('*', ${row.namespace}) AND ${among}
    GROUP BY 1`)
  const exact = covering.filter((project) => project.exact)
  const [only, ...others] = exact.length > 0 ? exact : covering
  return {
    application,
    project: others.length === 0 ? (only?.name ?? '') : '',
    stage: row.labels[labelKeys.stage] ?? '',
    rolloutId: row.labels[labelKeys.rollout] ?? '',
  }
}
