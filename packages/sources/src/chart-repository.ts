import { createHash } from 'node:crypto'
import { FairleadError } from '@fairlead/contracts/errors'
import type { ChartVersion } from '@fairlead/contracts/source-document'
import type { SourceLogin } from '@fairlead/contracts/source-reader'
import type { AddressGuard } from '@fairlead/egress/address-guard'
import { parse } from 'yaml'
import { download } from './download'

export type RepositoryChart = Pick<ChartVersion, 'repository' | 'chart' | 'version'>

const maxIndexBytes = 32 * 1024 * 1024

interface Archive {
  readonly url: URL
  /** 64 hexadecimal digits of SHA-256. */
  readonly digest: string
}

export async function findArchive(
  guard: AddressGuard,
  login: SourceLogin | null,
  wanted: RepositoryChart,
): Promise<Archive> {
  const url = new URL(`${wanted.repository.replace(/\/+$/, '')}/index.yaml`)
  const index = await download(guard, { url, login, maxBytes: maxIndexBytes })
  return archiveIn(index.toString('utf8'), wanted)
}

export async function downloadArchive(
  guard: AddressGuard,
  login: SourceLogin | null,
  { url, digest, maxBytes }: Archive & { readonly maxBytes: number },
): Promise<Buffer> {
  const archive = await download(guard, { url, login, maxBytes })
  const found = createHash('sha256').update(archive).digest('hex')
  if (found !== digest)
    throw new FairleadError('invalid', `${url.href} is not what its index says.`, {
      found: `sha256:${found}`,
      expected: `sha256:${digest}`,
      remedy: 'Whoever keeps the chart repository has to mend it; the last release stays as it is.',
    })
  return archive
}

/** Where the archive of one version lies, by the repository's index. */
export function archiveIn(index: string, { repository, chart, version }: RepositoryChart): Archive {
  const versions = versionsOf(chartBlock(index, chart), chart)
  if (versions.length === 0)
    throw new FairleadError('not_found', `${repository} has no chart "${chart}".`, {
      found: chart,
      expected: 'a chart of that repository',
      remedy: 'Correct spec.source.helm.chart.',
    })
  const plain = (text: string) => text.replace(/^v/, '')
  const entry = versions.find((each) => plain(each.version) === plain(version))
  const [first] = entry?.urls ?? []
  if (entry === undefined || first === undefined)
    throw new FairleadError('not_found', `${repository} has no version ${version} of "${chart}".`, {
      found: version,
      expected: versions
        .slice(0, 5)
        .map((each) => each.version)
        .join(', '),
      remedy: 'Correct spec.source.helm.version.',
    })
  const digest = entry.digest.replace(/^sha256:/, '')
  if (!/^[0-9a-f]{64}$/.test(digest))
    throw new FairleadError('invalid', `The index of ${repository} has no digest of ${chart} ${version}.`, {
      expected: 'a SHA-256 digest, which "helm repo index" writes',
    })
  return { url: new URL(first, `${repository.replace(/\/+$/, '')}/`), digest }
}

/**
 * The lines of one chart, as "helm repo index" indents them. An index may hold megabytes of other charts, and to parse
 * them all would hold up everything else here for seconds.
 */
export function chartBlock(index: string, chart: string): string {
  const start = index.indexOf(`\n  ${chart}:\n`)
  if (start < 0) return ''
  const rest = index.slice(start + 1)
  const lines = rest.split('\n', 20_000)
  const end = lines.findIndex((line, at) => at > 0 && /^(?: {0,1}\S| {2}[^\s-])/.test(line))
  return lines.slice(1, end < 0 ? lines.length : end).join('\n')
}

interface Version {
  readonly version: string
  readonly digest: string
  readonly urls: readonly string[]
}

function versionsOf(block: string, chart: string): readonly Version[] {
  let parsed: unknown
  try {
    parsed = parse(block, { maxAliasCount: 50 })
  } catch {
    throw new FairleadError(
      'invalid',
      `The index of the chart repository is no YAML where it speaks of "${chart}".`,
    )
  }
  if (!Array.isArray(parsed)) return []
  return parsed.flatMap((entry: unknown): Version[] => {
    if (typeof entry !== 'object' || entry === null) return []
    const { version, digest, urls } = entry as Readonly<Record<string, unknown>>
    if (typeof version !== 'string' || !Array.isArray(urls)) return []
    return [
      {
        version,
        digest: typeof digest === 'string' ? digest : '',
        urls: urls.filter((url): url is string => typeof url === 'string'),
      },
    ]
  })
}
