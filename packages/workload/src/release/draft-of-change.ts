import { FairleadError } from '@fairlead/contracts/errors'
import type { planSchema } from '@fairlead/contracts/rollout'
import type { WorkloadDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { Cipher } from '@fairlead/kernel/cipher'
import type { z } from 'zod'
import { changeImages } from '../manifest/images'
import { parseManifests } from '../manifest/parse'
import { draftRelease, existingDraft, openRelease, type DraftRelease } from './release-store'

type Change = z.output<typeof planSchema>['change']

interface Request {
  readonly applicationId: string
  /** The first stage that the change goes to: images change in what that stage has. */
  readonly stage: string
  readonly namespaces: readonly string[]
  readonly change: Change
}

/** Manifests, changed images or an earlier release → the release that would be deployed. */
export async function draftOfChange(
  deps: { readonly db: WorkloadDb; readonly cipher: Cipher },
  request: Request,
): Promise<DraftRelease> {
  const { change } = request
  if (change.manifests !== undefined)
    return draftRelease(deps.cipher, parseManifests(change.manifests, request.namespaces))
  if (change.release !== undefined) {
    const release = await deps.db.release.findFirst({
      where: { id: change.release, applicationId: request.applicationId },
    })
    if (release === null) throw notFound('release')
    return existingDraft(deps.cipher, release)
  }
  const base = await lastRelease(deps.db, request)
  return draftRelease(deps.cipher, changeImages(openRelease(deps.cipher, base).opened, change.images ?? {}))
}

/** What the stage has: the verified release, else the newest one. */
async function lastRelease(db: WorkloadDb, { applicationId, stage }: Request) {
  const standing = await db.stage.findUnique({
    where: { applicationId_name: { applicationId, name: stage } },
    select: { verifiedReleaseId: true },
  })
  const release =
    standing?.verifiedReleaseId == null
      ? await db.release.findFirst({ where: { applicationId }, orderBy: { number: 'desc' } })
      : await db.release.findUnique({ where: { id: standing.verifiedReleaseId } })
  if (release !== null) return release
  throw new FairleadError('invalid', 'There is no release yet whose images could change.', {
    path: 'change.images',
    expected: 'manifests, for the first deploy',
    remedy: 'fairlead deploy -f MANIFESTS',
  })
}
