import { createHash } from 'node:crypto'
import { FairleadError, isFairleadError } from '@fairlead/contracts/errors'
import type { SourceLogin } from '@fairlead/contracts/source-reader'
import type { AddressGuard } from '@fairlead/egress/address-guard'
import { z } from 'zod'
import { loginHelp } from '../download'
import { tooLarge, type HttpAnswer } from '../http-ask'
import { isDigest, readManifest, type Blob } from './manifest'
import { endpointOf, tagOf, versionOf, type RegistryChart } from './reference'
import { registryClient, type RegistryClient } from './registry-client'

/** What the chart's tag names now: asked for by its digest alone, since registries count what is fetched (Docker Hub). */
export async function digestOfTag(
  guard: AddressGuard,
  login: SourceLogin | null,
  at: RegistryChart,
): Promise<string> {
  const client = registryClient(guard, endpointOf(at), login)
  const head = await client.manifest('HEAD', tagOf(at.version))
  const said = head.headers['docker-content-digest']
  if (head.status === 200 && typeof said === 'string' && isDigest(said)) return said
  if (head.status === 404) throw await missing(client, at)
  if (head.status !== 200 && head.status !== 405) throw refusal(head, at)
  return verified(await client.manifest('GET', tagOf(at.version)), at).digest
}

/** The archive that the manifest with this digest names; both are what their digests say. */
export async function archiveByDigest(
  guard: AddressGuard,
  login: SourceLogin | null,
  {
    at,
    digest,
    maxBytes,
  }: { readonly at: RegistryChart; readonly digest: string; readonly maxBytes: number },
): Promise<Buffer> {
  const client = registryClient(guard, endpointOf(at), login)
  const { digest: blob, size } = await archiveNamed(client, at, digest)
  if (size > maxBytes) throw tooLarge(`The archive of ${nameOf(at)}`, maxBytes)
  return verified(await client.blob(blob, maxBytes), at, blob).body
}

async function archiveNamed(client: RegistryClient, at: RegistryChart, digest: string): Promise<Blob> {
  const read = async (wanted: string) =>
    readManifest(verified(await client.manifest('GET', wanted), at, wanted).body, nameOf(at))
  const first = await read(digest)
  const found = first.kind === 'index' ? await read(first.chart) : first
  if (found.kind === 'chart') return found.archive
  throw new FairleadError('invalid', `${nameOf(at)} is an index of indexes, which is not read.`)
}

const nameOf = ({ repository, chart, version }: RegistryChart): string =>
  `${repository.replace(/\/+$/, '')}/${chart}:${tagOf(version)}`

interface Verified {
  readonly body: Buffer
  readonly digest: string
}

/** The bytes with the digest that they have, which is the one that was asked for, and the one that the registry says. */
function verified(answer: HttpAnswer, at: RegistryChart, wanted?: string): Verified {
  const { status, headers, body } = answer
  if (status === 404)
    throw new FairleadError('unavailable', `${nameOf(at)} is not there any more, or not as a whole.`, {
      remedy: 'It is looked at again. The last release stays as it is.',
    })
  if (status !== 200) throw refusal(answer, at)
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`
  const said = headers['docker-content-digest']
  const expected = wanted ?? (typeof said === 'string' && isDigest(said) ? said : digest)
  if (digest === expected) return { body, digest }
  throw new FairleadError('invalid', `${nameOf(at)} is not what its digest says.`, {
    found: digest,
    expected,
    remedy: 'Whoever keeps the registry has to mend it; the last release stays as it is.',
  })
}

function refusal({ status }: HttpAnswer, at: RegistryChart): FairleadError {
  // Many say so of what isn't there, too, and only to whom they don't know.
  if (status === 401 || status === 403)
    return new FairleadError(
      'forbidden',
      `${at.repository} refuses the login for "${at.chart}", asks for one, or has no such chart.`,
      { remedy: loginHelp },
    )
  if (status === 429)
    return new FairleadError('unavailable', `${at.repository} was asked too often, and answers later.`, {
      found: '429',
      remedy: 'It is tried again. A login, or a longer spec.source.every, may help.',
    })
  return new FairleadError('unavailable', `${at.repository} answered with ${status}.`, {
    found: String(status),
  })
}

const tagsSchema = z.object({ tags: z.array(z.string()).nullable() })
const shownTags = 5

/** Whether the chart or its version is not there, with the versions that are. */
async function missing(client: RegistryClient, at: RegistryChart): Promise<FairleadError> {
  const { repository, chart, version } = at
  const tags = await tagsOf(client)
  if (tags.length === 0)
    return new FairleadError('not_found', `${repository} has no chart "${chart}" with version ${version}.`, {
      found: `${chart} ${version}`,
      expected: 'a chart of that registry',
      remedy: 'Correct spec.source.helm. The last release stays as it is.',
    })
  return new FairleadError('not_found', `${repository} has no version ${version} of "${chart}".`, {
    found: version,
    expected: tags
      .toSorted(new Intl.Collator('en', { numeric: true }).compare)
      .slice(-shownTags)
      .toReversed()
      .map(versionOf)
      .join(', '),
    remedy: 'Correct spec.source.helm.version.',
  })
}

/** Only words of an error: a registry that lists nothing says no more than that. */
async function tagsOf(client: RegistryClient): Promise<readonly string[]> {
  try {
    const { status, body } = await client.tags()
    if (status !== 200) return []
    return tagsSchema.parse(JSON.parse(body.toString('utf8'))).tags ?? []
  } catch (error) {
    if (isFairleadError(error) || error instanceof SyntaxError || error instanceof z.ZodError) return []
    throw error
  }
}
