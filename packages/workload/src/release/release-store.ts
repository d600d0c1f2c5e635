import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'
import type { Cipher } from '@fairlead/kernel/cipher'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import crypto from 'node:crypto'
import { manifestsOf, toJson } from '../application/stored'
import { withConfigDigests } from '../manifest/config-digest'
import { releaseDigest } from '../manifest/digest'
import { imagesOf } from '../manifest/pod-template'
import { restoreSecrets, secretValuesSchema, takeSecrets } from '../manifest/secrets'
import type { PlanRelease } from '../plan/plan-context'

export interface StoredRelease {
  readonly id: string
  readonly digest: string
  readonly manifests: unknown
  readonly sealedSecrets: Uint8Array | null
}

const sealContext = (releaseId: string): string => `release/${releaseId}`

/** `opened` holds Secret values: it goes to an API server and nowhere else. */
export function openRelease(cipher: Cipher, release: StoredRelease): PlanRelease {
  const objects = manifestsOf(release.manifests)
  if (releaseDigest(objects) !== release.digest)
    throw new FairleadError('internal', 'A stored release is not what its digest says; it is not applied.')
  const values =
    release.sealedSecrets === null
      ? {}
      : secretValuesSchema.parse(JSON.parse(cipher.open(release.sealedSecrets, sealContext(release.id))))
  return { digest: release.digest, objects, opened: restoreSecrets(objects, values) }
}

/** A release that exists in memory only, until a deploy stores it. */
export interface DraftRelease extends PlanRelease {
  readonly id: string
  readonly images: readonly string[]
  readonly sealedSecrets: Uint8Array<ArrayBuffer> | null
  /** Set when the draft is an earlier release as it was: nothing is stored then. */
  readonly existing: boolean
}

export function draftRelease(cipher: Cipher, opened: readonly KubeManifest[]): DraftRelease {
  const id = crypto.randomUUID()
  const { objects: redacted, values } = takeSecrets(opened, (value) => cipher.fingerprint(value))
  const objects = manifestsOf(toJson(withConfigDigests(redacted)))
  const sealed = Object.keys(values).length > 0
  return {
    id,
    objects,
    opened: sealed ? restoreSecrets(objects, values) : objects,
    digest: releaseDigest(objects),
    images: imagesOf(objects),
    sealedSecrets: sealed ? cipher.seal(JSON.stringify(values), sealContext(id)) : null,
    existing: false,
  }
}

export const existingDraft = (
  cipher: Cipher,
  release: StoredRelease & { readonly images: string[] },
): DraftRelease => ({
  ...openRelease(cipher, release),
  id: release.id,
  images: release.images,
  sealedSecrets: null,
  existing: true,
})

/** Numbers follow each other per application: call it with the application's row locked. */
export async function storeRelease(
  tx: Pick<WorkloadTx, 'release'>,
  draft: DraftRelease,
  facts: {
    readonly applicationId: string
    readonly source: unknown
    readonly author: { readonly id: string; readonly name: string }
    readonly now: Date
  },
): Promise<void> {
  if (draft.existing) return
  const last = await tx.release.findFirst({
    where: { applicationId: facts.applicationId },
    orderBy: { number: 'desc' },
    select: { number: true },
  })
  await tx.release.create({
    data: {
      id: draft.id,
      applicationId: facts.applicationId,
      number: (last?.number ?? 0) + 1,
      digest: draft.digest,
      manifests: toJson(draft.objects),
      images: [...draft.images],
      sealedSecrets: draft.sealedSecrets,
      source: toJson(facts.source),
      authorId: facts.author.id,
      authorName: facts.author.name,
      createdAt: facts.now,
    },
  })
}

export async function releaseById(db: Pick<WorkloadDb, 'release'>, id: string) {
  const release = await db.release.findUnique({ where: { id } })
  if (release === null)
    throw new FairleadError('internal', 'A rollout refers to a release that is not there.')
  return release
}
