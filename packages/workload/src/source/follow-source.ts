import { pulledSource, type SourceDocument } from '@fairlead/contracts/source-document'
import type { WorkloadTx } from '@fairlead/db/views'

interface Followed {
  readonly applicationId: string
  readonly source: SourceDocument
  readonly now: Date
}

/** From an apply on its source is looked at, or not any more. Whether somebody has to be rung for it. */
export async function followSource(
  tx: Pick<WorkloadTx, 'applicationSource'>,
  { applicationId, source, now }: Followed,
): Promise<boolean> {
  if (pulledSource(source) === null) {
    await tx.applicationSource.deleteMany({ where: { applicationId } })
    return false
  }
  await tx.applicationSource.upsert({
    where: { applicationId },
    create: { applicationId, checkAt: now },
    update: { checkAt: now, failures: 0 },
  })
  return true
}
