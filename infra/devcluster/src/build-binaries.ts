import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { binariesFor, binaryNamed, binaryPath, binDir, type Binary, type BinaryName } from './binaries'
import type { NodesKind, Progress } from './cluster-types'
import { DevclusterError } from './devcluster-error'
import { withFileLock } from './file-lock'
import { ensureGo } from './go-toolchain'
import { lastLines, tryCommand } from './run-command'

const TICK_MS = 10_000

export interface BuildDeps {
  readonly cacheDir: string
  readonly report: (progress: Progress) => void
  readonly signal?: AbortSignal | undefined
}

/**
 * Builds what the cache lacks, one binary at a time: each appears by an atomic rename, so an interrupted build goes on
 * where it stopped. One process builds at a time; others wait and then find the work done.
 */
export async function ensureBinaries(kind: NodesKind | undefined, deps: BuildDeps): Promise<void> {
  await ensureAll(binariesFor(kind), deps)
}

/** What no cluster needs: benches compare themselves with kubectl, tests pull charts from a registry. Resolves to its path. */
export async function ensureProgram(name: 'kubectl' | 'registry', deps: BuildDeps): Promise<string> {
  await ensureAll([binaryNamed(name)], deps)
  return binaryPath(deps.cacheDir, name)
}

export interface Renderers {
  readonly helm: string
  /** It holds Kustomize. */
  readonly kubectl: string
}

/**
 * What renders charts and kustomizations here, whether it is built yet or not. A helm of the system will do, since
 * building one takes minutes; what was rendered says by which version.
 */
export async function rendererPaths(cacheDir: string): Promise<Renderers> {
  const found = await tryCommand('helm', ['version', '--template', '{{.Version}}']).catch(() => undefined)
  const own = found?.code === 0 && /^v[34]\./.test(found.stdout)
  return { helm: own ? 'helm' : binaryPath(cacheDir, 'helm'), kubectl: binaryPath(cacheDir, 'kubectl') }
}

export async function ensureRenderers(deps: BuildDeps): Promise<Renderers> {
  const paths = await rendererPaths(deps.cacheDir)
  const names: readonly BinaryName[] = paths.helm === 'helm' ? ['kubectl'] : ['kubectl', 'helm']
  await ensureAll(names.map(binaryNamed), deps)
  return paths
}

async function ensureAll(wanted: readonly Binary[], deps: BuildDeps): Promise<void> {
  const folder = binDir(deps.cacheDir)
  const missing = () => wanted.filter(({ file }) => !existsSync(join(folder, file)))
  if (missing().length === 0) return
  mkdirSync(folder, { recursive: true })
  const onWait = (pid: number) =>
    deps.report({ step: 'build', message: `waiting for the build of process ${pid}` })
  await withFileLock(join(folder, 'build.lock'), () => buildAll(missing(), deps), {
    signal: deps.signal,
    onWait,
  })
}

async function buildAll(missing: readonly Binary[], deps: BuildDeps): Promise<void> {
  if (missing.length === 0) return
  const announce = (message: string) => deps.report({ step: 'build', message })
  const go = await ensureGo({ cacheDir: deps.cacheDir, announce, signal: deps.signal })
  for (const [done, binary] of missing.entries()) {
    const started = Date.now()
    const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`
    const label = `${binary.name} (${done + 1} of ${missing.length})`
    const percent = Math.round((done / missing.length) * 100)
    const show = (message: string) => deps.report({ step: 'build', message, percent })
    show(`building ${label}`)
    const timer = setInterval(() => show(`building ${label}, ${elapsed()}`), TICK_MS)
    try {
      await build(go, binary, deps)
    } finally {
      clearInterval(timer)
    }
    show(`built ${label} in ${elapsed()}`)
  }
  deps.report({ step: 'build', message: 'all binaries are built', percent: 100 })
}

async function build(go: string, binary: Binary, deps: BuildDeps): Promise<void> {
  const target = join(binDir(deps.cacheDir), binary.file)
  const partial = `${target}.partial`
  const result = await tryCommand(
    go,
    ['build', '-trimpath', '-ldflags', binary.ldflags, '-o', partial, binary.goPackage],
    {
      cwd: binary.moduleDir,
      env: { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off' },
      signal: deps.signal,
    },
  )
  if (result.code !== 0) {
    rmSync(partial, { force: true })
    throw new DevclusterError('BUILD_FAILED', `${binary.name} can't be built: ${lastLines(result.stderr, 3)}`)
  }
  renameSync(partial, target)
}
