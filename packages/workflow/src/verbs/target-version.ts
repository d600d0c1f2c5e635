import type { WorkflowDb, WorkflowTx } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { TargetVersion } from '../run/clear'
import type { VerbDeps } from '../workflow-deps'

/** What a cleared run goes on with: its own version, or another one of its workflow. */
export async function targetVersion(
  db: Pick<WorkflowDb | WorkflowTx, 'workflowVersion'>,
  versions: VerbDeps['versions'],
  { workflowId, versionId, number }: Wanted,
): Promise<TargetVersion> {
  if (number === undefined) return versions.compiledOf(versionId)
  const found = await db.workflowVersion.findUnique({
    where: { workflowId_number: { workflowId, number } },
    select: { id: true },
  })
  if (found === null) throw notFound('version of this workflow')
  return versions.compiledOf(found.id)
}

interface Wanted {
  readonly workflowId: string
  readonly versionId: string
  readonly number: number | undefined
}
