/**
 * Where manifests come from besides a deploy: source-reader.ts implements the port of contracts/source-reader.ts.
 * git-command.ts is the one way to Git, git-tree.ts reads a commit without checking it out, renderers.ts starts Helm and
 * Kustomize under the limits of run-limited.ts, kustomize-reach.ts refuses what they would fetch, and archived-chart.ts
 * fetches archives: of chart repositories, and of registries by oci/chart-registry.ts. Every look has a folder of its own,
 * which goes with it; nothing is kept here.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { FairleadError } from '@fairlead/contracts/errors'
import type { ReleaseOrigin } from '@fairlead/contracts/release-origin'
import { addressOf, type ArchivedChart, type PulledSource } from '@fairlead/contracts/source-document'
import type { RenderAsk, RenderedSource, SourceAsk, SourceReader } from '@fairlead/contracts/source-reader'
import type { AddressGuard } from '@fairlead/egress/address-guard'
import { dialable, sourceGuard } from './address'
import { chartArchive, chartRevision, digestIn } from './archived-chart'
import { commitFacts, fetchCommit, maxRepositoryBytes, resolveRef } from './git-repository'
import { isBelow, plainFolder, readTree } from './git-tree'
import { assertLocal } from './kustomize-reach'
import { isManifest, plainFiles } from './plain-files'
import { createRenderers, renderLimits, type RendererPrograms, type Renderers } from './renderers'
import type { Limits } from './run-limited'
import { inTurn } from './slots'

export interface SourceReaderDeps {
  /** Private and loopback ranges that the administrator allows. */
  readonly allowedCidrs: readonly string[]
  readonly programs: RendererPrograms
  readonly limits?: Limits
  readonly maxRepositoryBytes?: number
}

/** Fetching and rendering at once: each may need half a gigabyte. */
const atOnce = 2

export function createSourceReader(deps: SourceReaderDeps): SourceReader {
  const guard = sourceGuard(deps.allowedCidrs)
  const renderers = createRenderers(deps.programs, deps.limits ?? renderLimits)
  const slot = inTurn(atOnce)
  const at = (ask: SourceAsk) => dialable(addressOf(ask.source), guard)
  const renderGit = async (ask: RenderAsk, folder: string): Promise<RenderedSource> => {
    const repository = join(folder, 'repository')
    await mkdir(repository)
    const place = { dialable: await at(ask), login: ask.login, folder: repository }
    await fetchCommit(place, ask.revision.id, deps.maxRepositoryBytes ?? maxRepositoryBytes)
    return renderCommit(renderers, ask, { repository, work: join(folder, 'work') })
  }
  return {
    resolve: (ask) => {
      const chart = archived(ask.source)
      if (chart !== null)
        return chartRevision(guard, { at: chart.at, login: ask.login }).then((id) => ({ id }))
      return inFolder(async (folder) => {
        const place = { dialable: await at(ask), login: ask.login, folder }
        return { id: await resolveRef(place, gitOf(ask.source).ref) }
      })
    },
    render: (ask) =>
      slot(() =>
        inFolder((folder) => {
          const chart = archived(ask.source)
          return chart === null
            ? renderGit(ask, folder)
            : renderArchive({ guard, renderers, folder }, ask, chart)
        }),
      ),
  }
}

/** A chart that is kept as an archive, with its values; null of what lies in Git. */
function archived(
  source: PulledSource,
): { at: ArchivedChart; values: Readonly<Record<string, unknown>> } | null {
  return source.kind === 'helm' && source.at.from !== 'git' ? { at: source.at, values: source.values } : null
}

interface ArchiveDeps {
  readonly guard: AddressGuard
  readonly renderers: Renderers
  readonly folder: string
}

async function renderArchive(
  { guard, renderers, folder }: ArchiveDeps,
  { login, revision, application, namespace }: RenderAsk,
  { at, values }: NonNullable<ReturnType<typeof archived>>,
): Promise<RenderedSource> {
  const archive = await chartArchive(guard, { at, login }, revision.id)
  await writeFile(join(folder, 'chart.tgz'), archive, { mode: 0o600 })
  const files = await renderers.helm(folder, {
    chart: 'chart.tgz',
    release: application,
    namespace,
    valueFiles: [],
    values,
  })
  const { repository, chart, version } = at
  const digest = digestIn(revision.id)
  const renderer = await renderers.version('helm')
  return { files, origin: { ...nothing, kind: 'helm', repository, chart, version, digest, renderer } }
}

const nothing = {
  ref: null,
  path: null,
  commit: null,
  subject: null,
  author: null,
  committedAt: null,
  chart: null,
  version: null,
  digest: null,
  renderer: null,
} as const

async function inFolder<R>(use: (folder: string) => Promise<R>): Promise<R> {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-source-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function gitOf(source: PulledSource): { repository: string; ref: string; path: string } {
  if (source.kind !== 'helm') return { ...source, path: plainFolder(source.path) }
  if (source.at.from === 'git') return { ...source.at, path: plainFolder(source.at.path) }
  throw new FairleadError('internal', 'An archived chart has no place in Git.')
}

interface Folders {
  readonly repository: string
  readonly work: string
}

async function renderCommit(renderers: Renderers, ask: RenderAsk, folders: Folders): Promise<RenderedSource> {
  const { source, revision } = ask
  const { repository, ref, path } = gitOf(source)
  const { subject, author, committedAt } = await commitFacts(folders.repository, revision.id)
  const place = { kind: source.kind, repository, ref, path, commit: revision.id }
  const origin: ReleaseOrigin = { ...nothing, ...place, subject, author, committedAt }
  const strict = (name: string) => isBelow(name, path)
  if (source.kind === 'git') {
    const wanted = (name: string) => isBelow(name, path) && (isManifest(name) || isKustomization(name))
    const files = await readTree(folders.repository, revision.id, { wanted, strict })
    return { files: plainFiles(files, path), origin }
  }
  const wanted = source.kind === 'helm' ? strict : () => true
  const files = await readTree(folders.repository, revision.id, { wanted, strict })
  if (source.kind !== 'helm') {
    assertLocal(files, path)
    await writeFiles(files, folders.work)
    const renderer = await renderers.version('kubectl')
    return { files: await renderers.kustomize(folders.work, path), origin: { ...origin, renderer } }
  }
  const chart = chartFacts(files, path, source.valueFiles)
  await writeFiles(files, folders.work)
  const rendered = await renderers.helm(folders.work, {
    chart: path,
    release: ask.application,
    namespace: ask.namespace,
    valueFiles: source.valueFiles.map((file) => posix.join(path, file)),
    values: source.values,
  })
  return { files: rendered, origin: { ...origin, ...chart, renderer: await renderers.version('helm') } }
}

const isKustomization = (name: string): boolean => posix.basename(name) === 'Kustomization'

/** A chart's name and version as it says them; that it is one, and has the files that the document names. */
function chartFacts(files: ReadonlyMap<string, Buffer>, path: string, valueFiles: readonly string[]) {
  const text = files.get(posix.join(path, 'Chart.yaml'))?.toString('utf8')
  if (text === undefined)
    throw new FairleadError('not_found', `There is no Chart.yaml in "${path}" of that commit.`, {
      found: path,
      expected: 'the folder of a chart',
      remedy: 'Correct spec.source.helm.path. The last release stays as it is.',
    })
  const missing = valueFiles.find((file) => !files.has(posix.join(path, file)))
  if (missing !== undefined)
    throw new FairleadError('not_found', `There is no ${missing} in the chart of that commit.`, {
      found: missing,
      expected: 'a file below the chart’s folder',
      remedy: 'Correct spec.source.helm.valueFiles.',
    })
  const field = (name: string) =>
    new RegExp(`^${name}:[ \\t]*["']?([^\\s"'#]+)`, 'm').exec(text)?.[1]?.slice(0, 100) ?? null
  return { chart: field('name'), version: field('version') }
}

async function writeFiles(files: ReadonlyMap<string, Buffer>, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [path, content] of files) {
    const target = join(folder, path)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, content, { mode: 0o600 })
  }
}
