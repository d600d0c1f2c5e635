import { FairleadError } from '@fairlead/contracts/errors'
import type { ArchivedChart } from '@fairlead/contracts/source-document'
import type { SourceLogin } from '@fairlead/contracts/source-reader'
import type { AddressGuard } from '@fairlead/egress/address-guard'
import { downloadArchive, findArchive } from './chart-repository'
import { archiveByDigest, digestOfTag } from './oci/chart-registry'

const maxBytes = 20 * 1024 * 1024

export interface ChartAsk {
  readonly at: ArchivedChart
  readonly login: SourceLogin | null
}

/** The version with what it is now: the digest of its archive, or of its manifest in a registry. Published anew, it is another. */
export async function chartRevision(guard: AddressGuard, { at, login }: ChartAsk): Promise<string> {
  const digest =
    at.from === 'registry'
      ? await digestOfTag(guard, login, at)
      : `sha256:${(await findArchive(guard, login, at)).digest}`
  if (at.digest !== null && at.digest !== digest)
    throw new FairleadError(
      'invalid',
      `${at.chart} ${at.version} of ${at.repository} is not the one that is pinned.`,
      {
        found: digest,
        expected: at.digest,
        remedy:
          'It was published anew, or the pin is wrong: where what was found is meant, write it into spec.source.helm.version. The last release stays as it is.',
      },
    )
  return `${at.version}@${digest}`
}

export const digestIn = (revision: string): string => revision.slice(revision.lastIndexOf('@') + 1)

/** The archive of a revision, and of no other. */
export async function chartArchive(
  guard: AddressGuard,
  { at, login }: ChartAsk,
  revision: string,
): Promise<Buffer> {
  const digest = digestIn(revision)
  if (at.from === 'registry') return archiveByDigest(guard, login, { at, digest, maxBytes })
  const archive = await findArchive(guard, login, at)
  if (`sha256:${archive.digest}` !== digest)
    throw new FairleadError('unavailable', `${at.chart} ${at.version} was published anew meanwhile.`, {
      remedy: 'It is looked at again.',
    })
  return downloadArchive(guard, login, { ...archive, maxBytes })
}
