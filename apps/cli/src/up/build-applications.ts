import { execFileSync, spawn } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { isStamped, stampOutputs } from './build-stamp'

/** Builds console, watcher and workers through Turborepo unless the sources are those of the last build. */
export async function buildApplications(root: string, say: (detail: string) => void): Promise<void> {
  const source = sourceDigest(root)
  if (source !== null && isStamped(root, source)) return
  const args = ['run', 'build', '--output-logs=errors-only', '--no-update-notifier']
  const quiet = { TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' }
  const child = spawn(path.join(root, 'node_modules/.bin/turbo'), args, {
    cwd: root,
    env: { ...process.env, ...quiet },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let tail = ''
  const onData = (data: Buffer): void => {
    tail = (tail + data.toString()).slice(-4_000)
    say(data.toString().trim().split('\n').at(-1)?.slice(0, 60) ?? '')
  }
  child.stdout.on('data', onData)
  child.stderr.on('data', onData)
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`The applications did not build:\n${tail}`)
  if (source !== null) stampOutputs(root, source)
}

/** Git knows what is tracked and what is changed; together they name the sources exactly. null where there is no Git. */
function sourceDigest(root: string): string | null {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 }).toString()
  const hash = crypto.createHash('sha256')
  const scope = ['apps', 'packages', 'package-lock.json']
  try {
    hash.update(git('ls-files', '-s', '--', ...scope)).update(git('diff', 'HEAD', '--', ...scope))
    for (const file of git('ls-files', '-o', '--exclude-standard', '--', ...scope)
      .split('\n')
      .filter(Boolean))
      hash.update(file).update(fs.readFileSync(path.join(root, file)))
  } catch {
    return null
  }
  return hash.digest('hex')
}
