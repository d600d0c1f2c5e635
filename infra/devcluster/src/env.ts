import { homedir } from 'node:os'
import { join } from 'node:path'

/** Built binaries outlive checkouts: they are kept per user, by version. */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env.FAIRLEAD_CACHE) return env.FAIRLEAD_CACHE
  return join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fairlead')
}

/** Where the machine's clusters, of every checkout, agree on their indexes. It must outlive a reboot. */
export function machineStateDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env.FAIRLEAD_MACHINE_STATE) return env.FAIRLEAD_MACHINE_STATE
  if (isRoot()) return '/var/lib/fairlead-devcluster'
  return join(env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'fairlead-devcluster')
}

export const isRoot = (): boolean => process.getuid?.() === 0

/** Daemons get a plain environment: a developer's proxies or credentials don't belong in a cluster. */
export function daemonEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  return {
    PATH: `${env.PATH ?? ''}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
  }
}
