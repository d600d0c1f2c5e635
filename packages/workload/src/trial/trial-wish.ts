import type { StageSpec } from '@fairlead/contracts/application'
import { trialOf } from '@fairlead/contracts/strategy'
import type { WorkloadDb } from '@fairlead/db/views'
import { manifestsOf } from '../application/stored'
import type { TrialWish } from '../plan/plan-context'
import { releaseById } from '../release/release-store'

interface Planned {
  readonly spec: StageSpec
  readonly applicationId: string
  /** The release that is planned; what was verified last is tried against nothing. */
  readonly releaseId: string
}

/** null where the stage tries nothing first, or nothing verified to hold the release against. */
export async function trialWish(
  db: Pick<WorkloadDb, 'stage' | 'release'>,
  { spec, applicationId, releaseId }: Planned,
): Promise<TrialWish | null> {
  const trial = trialOf(spec.strategy)
  if (trial === null) return null
  const standing = await db.stage.findUnique({
    where: { applicationId_name: { applicationId, name: spec.name } },
    select: { verifiedReleaseId: true },
  })
  const base = standing?.verifiedReleaseId ?? null
  if (base === null || base === releaseId) return null
  return { trial, base: manifestsOf((await releaseById(db, base)).manifests) }
}
