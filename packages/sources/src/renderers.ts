import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FairleadError } from '@fairlead/contracts/errors'
import type { ManifestFile } from '@fairlead/contracts/source-reader'
import { stringify } from 'yaml'
import { findProgram } from './find-program'
import { withoutNetwork } from './isolation'
import { runLimited, type Limits, type Ran } from './run-limited'

/** Paths, or names to be found where programs usually lie. kubectl holds Kustomize: it needs no cluster for it. */
export interface RendererPrograms {
  readonly helm: string
  readonly kubectl: string
}
type Name = keyof RendererPrograms

const mebi = 1024 * 1024
export const renderLimits: Limits = {
  timeoutMs: 30_000,
  maxOutputBytes: 8 * mebi,
  maxMemoryBytes: 512 * mebi,
}

export interface Renderers {
  version(name: Name): Promise<string>
  kustomize(folder: string, path: string): Promise<readonly ManifestFile[]>
  helm(folder: string, chart: ChartRender): Promise<readonly ManifestFile[]>
}

export interface ChartRender {
  /** A folder or an archive, below the folder of this render. */
  readonly chart: string
  readonly release: string
  readonly namespace: string
  /** Below the folder of this render. */
  readonly valueFiles: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
}

/** Helm and Kustomize as children: no shell, no PATH, no home, no cluster, no network where the system can take it away. */
export function createRenderers(programs: RendererPrograms, limits: Limits = renderLimits): Renderers {
  const versions = new Map<Name, Promise<string>>()
  const run = async (name: Name, folder: string, args: readonly string[]): Promise<Ran> => {
    const home = join(folder, '.home')
    await mkdir(home, { recursive: true })
    return runLimited(
      {
        name,
        ...(await withoutNetwork({ program: await findProgram(programs[name]), args })),
        cwd: folder,
        env: {
          ...quiet,
          HOME: home,
          XDG_CACHE_HOME: home,
          XDG_CONFIG_HOME: home,
          XDG_DATA_HOME: home,
          TMPDIR: home,
        },
      },
      limits,
    )
  }
  const render = async (name: Name, folder: string, args: readonly string[]): Promise<string> => {
    const ran = await run(name, folder, args)
    if (ran.code !== 0) throw renderError(name, ran.stderr, folder)
    return ran.stdout.toString('utf8')
  }
  return {
    version: (name) => {
      const known = versions.get(name)
      if (known !== undefined) return known
      const asked = askVersion(name, programs)
      versions.set(name, asked)
      asked.catch(() => versions.delete(name))
      return asked
    },
    kustomize: async (folder, path) => [
      {
        name: `kustomize ${path}`,
        text: await render('kubectl', folder, [
          'kustomize',
          '--load-restrictor',
          'LoadRestrictionsRootOnly',
          join(folder, path),
        ]),
      },
    ],
    helm: async (folder, chart) => {
      const own = join(folder, '.values.yaml')
      await mkdir(dirname(own), { recursive: true })
      await writeFile(own, stringify(chart.values))
      const files = [...chart.valueFiles.map((file) => join(folder, file)), own]
      const text = await render('helm', folder, [
        'template',
        chart.release,
        join(folder, chart.chart),
        '--namespace',
        chart.namespace,
        '--skip-tests',
        '--include-crds',
        ...files.flatMap((file) => ['--values', file]),
      ])
      return splitHelm(text)
    },
  }
}

const quiet = {
  LANG: 'C',
  PATH: '/nonexistent',
  KUBECONFIG: '/dev/null',
  HELM_NO_PLUGINS: '1',
  GOMEMLIMIT: '400MiB',
  GOMAXPROCS: '2',
}

async function askVersion(name: Name, programs: RendererPrograms): Promise<string> {
  const args =
    name === 'helm' ? ['version', '--template', '{{.Version}}'] : ['version', '--client', '--output=json']
  const { stdout } = await runLimited(
    {
      name,
      program: await findProgram(programs[name]),
      args,
      cwd: '/',
      env: { ...quiet, HOME: '/nonexistent' },
    },
    { timeoutMs: 20_000, maxOutputBytes: 10_000, maxMemoryBytes: 512 * mebi },
  )
  const said = stdout.toString('utf8').trim()
  if (name === 'helm') return `helm ${said.slice(0, 50)}`
  const [, kustomize = 'of an unknown version'] = /"kustomizeVersion":\s*"([^"]{1,50})"/.exec(said) ?? []
  return `kustomize ${kustomize}`
}

/** Helm says of each document which template it is of. */
export function splitHelm(text: string): readonly ManifestFile[] {
  const parts = text.split(/^---[ \t]*$/m)
  return parts.flatMap((part): ManifestFile[] => {
    if (part.replace(/^\s*(?:#.*)?$/gm, '').trim() === '') return []
    return [{ name: /^# Source: (\S+)$/m.exec(part)?.[1] ?? 'helm template', text: part }]
  })
}

function renderError(name: Name, stderr: string, folder: string): FairleadError {
  const said = stderr
    .replaceAll(`${folder}/`, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(?:level=|WARNING|# Warning)/i.test(line))
    .join(' ')
    .replace(/^Error: /, '')
    .slice(0, 800)
  const [, file, line] = /([\w./-]+\.(?:ya?ml|tpl|txt)):(\d+)/.exec(said) ?? []
  const what = name === 'helm' ? 'Helm' : 'Kustomize'
  return new FairleadError(
    'invalid',
    `${what} could not render it: ${said === '' ? 'no reason was given' : said}`,
    {
      ...(file === undefined ? {} : { file, line: Number(line) }),
      remedy: /missing in charts/.test(said)
        ? 'Dependencies are taken from the chart’s own charts folder: commit what "helm dependency build" puts there.'
        : 'Nothing of it was released; the last release stays as it is.',
    },
  )
}
